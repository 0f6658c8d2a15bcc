import { InMemoryFs } from 'just-bash/browser';

/** Files in memory whose times are those of the practice world. */

/** A time so near to that of the machine is meant as "now". */
const NOW_MS = 2_000;

export class WorldFiles extends InMemoryFs {
  readonly #now: () => number;

  constructor(now: () => number) {
    super();
    this.#now = now;
  }

  override async writeFile(...given: Parameters<InMemoryFs['writeFile']>): Promise<void> {
    await this.#dated(given[0], () => super.writeFile(...given));
  }
  override async appendFile(...given: Parameters<InMemoryFs['appendFile']>): Promise<void> {
    await this.#dated(given[0], () => super.appendFile(...given));
  }
  override async mkdir(...given: Parameters<InMemoryFs['mkdir']>): Promise<void> {
    await this.#dated(given[0], () => super.mkdir(...given));
  }
  override async cp(...given: Parameters<InMemoryFs['cp']>): Promise<void> {
    await super.cp(...given);
    const [, to] = given;
    for (const path of this.getAllPaths()) if (path === to || path.startsWith(`${to}/`)) await this.#date(path);
  }
  override async utimes(path: string, read: Date, written: Date): Promise<void> {
    const isNow = Math.abs(written.getTime() - Date.now()) < NOW_MS;
    await super.utimes(path, read, isNow ? new Date(this.#now()) : written);
  }

  /** Does it, and dates the path with all folders that it makes on the way. */
  async #dated(path: string, write: () => Promise<void>): Promise<void> {
    const made = [path];
    for (let folder = parentOf(path); folder !== '' && !(await this.exists(folder)); folder = parentOf(folder))
      made.push(folder);
    await write();
    for (const one of made) await this.#date(one);
  }

  /** A link to nothing has no time of its own. */
  async #date(path: string): Promise<void> {
    const at = new Date(this.#now());
    if (await this.exists(path)) await super.utimes(path, at, at);
  }
}

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
