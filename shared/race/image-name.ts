/** An image's name in one form: Docker's own registry and the tag "latest" may be left out of it. */
export const imageName = (name: string): string => {
  const short = name.replace(/^(?:docker\.io\/)?(?:library\/)?/, "");
  return /[:@][^/]*$/.test(short) ? short : `${short}:latest`;
};

/** "nginx" of "docker.io/library/nginx:1.27-alpine@sha256:…": the name that people say. */
export function shortImage(image: string): string {
  const bare = image.replace(/@.*$/, "");
  return bare.slice(bare.lastIndexOf("/") + 1).replace(/:.*$/, "") || bare;
}
