import { DomainError, defineErrors } from '@pentagraph/kit';
import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';

describe('DomainError', () => {
  it('carries what a transport needs, and its cause', () => {
    const cause = new Error('disk');
    const error = new DomainError('SNAP_BROKEN', 'It broke.', {
      domain: 'snap',
      httpStatus: 500,
      details: { id: '1' },
      cause,
    });
    expect(error).toMatchObject({ name: 'DomainError', code: 'SNAP_BROKEN', message: 'It broke.', cause });
    expect(error.extensions).toEqual({ code: 'SNAP_BROKEN', domain: 'snap', httpStatus: 500, details: { id: '1' } });
  });

  it('becomes a GraphQL error with the same extensions', () => {
    const error = new DomainError('X', 'x', { domain: 'snap', httpStatus: 404 });
    expect(new GraphQLError(error.message, { originalError: error }).toJSON()).toEqual({
      message: 'x',
      extensions: { code: 'X', domain: 'snap', httpStatus: 404, details: {} },
    });
  });
});

describe('defineErrors', () => {
  const refuse = defineErrors('snap', { SNAP_TASK_NOT_FOUND: 404, SNAP_CONFLICT: 409 });

  it('takes the status of the code from the table', () => {
    const error = refuse('SNAP_CONFLICT', 'Taken.', { by: 'ann' });
    expect(error).toBeInstanceOf(DomainError);
    expect(error.extensions).toEqual({
      code: 'SNAP_CONFLICT',
      domain: 'snap',
      httpStatus: 409,
      details: { by: 'ann' },
    });
  });

  it('passes the cause on', () => {
    const cause = new Error('why');
    expect(refuse('SNAP_TASK_NOT_FOUND', 'No.', undefined, cause)).toMatchObject({
      cause,
      extensions: { details: {} },
    });
  });
});
