import type { CallError, Reply } from './calls.ts';

export function answered<const T>(value: T): Reply<T> {
  return { ok: true, value };
}

export function refused(error: CallError): Reply<never> {
  return { ok: false, error };
}
