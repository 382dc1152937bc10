import type { Repository } from '../../records/repositories.ts';
import type { Ref } from '../../refs/refs.ts';
import type { Typed } from '../query.ts';

export interface RefSource extends Typed<'Ref'> {
  readonly repository: Repository;
  readonly ref: Ref;
  readonly prefix: string;
}

export const refOf = (repository: Repository, ref: Ref, prefix: string): RefSource => ({
  __typename: 'Ref',
  repository,
  ref,
  prefix,
});
