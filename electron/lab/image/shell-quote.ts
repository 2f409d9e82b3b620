/** One word for a POSIX shell, whatever is in it. A NUL can't be in an argument; whoever quotes has refused it. */
export const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
