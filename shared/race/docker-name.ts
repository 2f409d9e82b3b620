/** "Docker 27.3.1" of a race's or a part's Docker; Podman's comes with its own name, "Podman 4.3.1". */
export const dockerName = (told: string): string => (/^\d/.test(told) ? `Docker ${told}` : told);
