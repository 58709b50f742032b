import type { FastifyInstance } from 'fastify';
import { isShallow } from '../../../core/sync/canonical.ts';

/** Levels of a whole request: the arguments of a command may be 32 deep, and lie some levels down. */
const MAX_DEPTH = 40;

class TooDeep extends Error {
  readonly statusCode = 400;
}

/** JSON and nothing else, so that no form of another site can send anything here without being asked first. */
export function takeJsonOnly(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
    parse(request, String(text), (error, body) => {
      if (error !== null) done(error);
      else if (isShallow(body, MAX_DEPTH)) done(null, body);
      else done(new TooDeep('nested too deep'));
    });
  });
}
