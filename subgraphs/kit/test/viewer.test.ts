import { type AccessLevel, accessLevels, anonymous, localOperator, requireAccess, type Viewer } from '@pentagraph/kit';
import { describe, expect, it } from 'vitest';

const viewerWith = (access: Viewer['access']): Viewer => ({ id: 'ann', via: 'token', access });

const passes = (viewer: Viewer, domain: string): readonly AccessLevel[] =>
  accessLevels.filter((needed) => {
    try {
      requireAccess(viewer, domain, needed);
      return true;
    } catch {
      return false;
    }
  });

describe('requireAccess', () => {
  it.each<[string, Viewer, readonly AccessLevel[]]>([
    ['whoever runs the process', localOperator, ['viewer', 'operator', 'admin']],
    ['nobody in particular', anonymous, []],
    ['a viewer of the domain', viewerWith({ snap: 'viewer' }), ['viewer']],
    ['an operator of the domain', viewerWith({ snap: 'operator' }), ['viewer', 'operator']],
    ['an admin of another domain', viewerWith({ hyper: 'admin' }), []],
    ['an operator of everything', viewerWith({ '*': 'operator' }), ['viewer', 'operator']],
    ['one whose level here is lower than elsewhere', viewerWith({ '*': 'admin', snap: 'viewer' }), ['viewer']],
  ])('lets %s pass as far as the level goes', (_, viewer, levels) => {
    expect(passes(viewer, 'snap')).toEqual(levels);
  });

  it('says who lacks what', () => {
    expect(() => requireAccess(viewerWith({ snap: 'viewer' }), 'snap', 'admin')).toThrow(
      expect.objectContaining({
        message: "'ann' needs the role snap:admin for this.",
        extensions: {
          code: 'FORBIDDEN',
          domain: 'snap',
          httpStatus: 403,
          details: { needed: 'snap:admin', held: 'snap:viewer' },
        },
      }),
    );
    expect(() => requireAccess(anonymous, 'snap', 'viewer')).toThrow(
      expect.objectContaining({
        extensions: expect.objectContaining({ details: { needed: 'snap:viewer', held: null } }),
      }),
    );
  });
});
