import Dockerode from "dockerode";
export const stats = (id: string) => new Dockerode().getContainer(id).stats({ stream: false });
