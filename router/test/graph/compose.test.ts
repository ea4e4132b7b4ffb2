import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { CompositionError, composeSupergraph } from '../../src/graph/compose.ts';
import { Library } from './fixtures/library.ts';
import { Reviews } from './fixtures/reviews.ts';

test('subgraphs become one graph, with the addresses routers reach them at', () => {
  const composed = composeSupergraph([
    { ...definition(new Library()), url: 'http://library:4001/graphql' },
    definition(new Reviews()),
  ]);
  expect(composed.supergraphSdl).toContain('@join__graph(name: "library", url: "http://library:4001/graphql")');
  expect(Object.keys(composed.apiSchema.getQueryType()?.getFields() ?? {})).toEqual(
    expect.arrayContaining(['book', 'reviewCount']),
  );
});

test('contradictions are told all at once, readably', () => {
  const other = { name: 'other', typeDefs: parse('type Query { reviewCount: String! reviews: Int }') };
  expect(() => composeSupergraph([definition(new Reviews()), other])).toThrow(CompositionError);
  expect(() => composeSupergraph([definition(new Reviews()), other])).toThrow(
    /The subgraphs reviews, other can't be composed:\n {2}- \[\w+\] .*reviewCount/,
  );
});

const definition = ({ name, typeDefs }: Library | Reviews) => ({ name, typeDefs });
