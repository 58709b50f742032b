import { type ApiError, type ApiReply, STATUS_OF } from '../../api/values.ts';

/** An answer of "no" on its way through the upload library, which knows thrown objects with a status and a body. */
export class UploadRefusal extends Error {
  readonly status_code: number;
  readonly body: string;
  constructor(error: ApiError, status: number) {
    super(error.type);
    this.status_code = status;
    const reply: ApiReply<never> = { ok: false, error };
    this.body = JSON.stringify(reply);
  }
}

export function refusalOf(error: ApiError): UploadRefusal {
  return new UploadRefusal(error, STATUS_OF[error.type]);
}

export function refused(type: ApiError['type'], message: string, status = STATUS_OF[type]): UploadRefusal {
  return new UploadRefusal({ type, message }, status);
}

/** One answer for "there is none" and "not yours". */
export function notAvailable(): UploadRefusal {
  return refused('not-available', 'This file is not on the portal, or not for you.');
}
