// Modules of this build that are loaded when they are wanted.
import { REPLACED } from "./engine.js";

/**
 * A module of this build. Where the host has another build by now, it gives out that one's by the same name.
 * @param {string} address with the build's number behind the `?`
 */
export async function importOwn(address) {
  const module = await import(address);
  if (new URL(address).search !== `?v=${module.build}`) throw new Error(REPLACED);
  return module;
}
