import { EventEmitter } from "node:events";

class App extends EventEmitter {
  whenReady() {
    return Promise.resolve();
  }
  getPath() {
    return "/tmp";
  }
  quit() {
    process.exit(0);
  }
}
export const app = new App();
export class BrowserWindow extends EventEmitter {
  constructor(o) {
    super();
    console.log("fake window", JSON.stringify(o.webPreferences));
    setTimeout(() => this.emit("ready-to-show"), 50);
    setTimeout(() => app.quit(), 1500);
  }
  loadFile(f) {
    console.log("loads", f);
    return Promise.resolve();
  }
  show() {}
}
export default { app, BrowserWindow };
