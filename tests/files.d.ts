/** Style sheets are imported for their effect. */
declare module "*.css";
/** Text that is built into the page as it is. */
declare module "*.md?raw" {
  const text: string;
  // biome-ignore lint/style/noDefaultExport: so the bundler gives it
  export default text;
}
