import { createContext, useContext } from 'react';
import type { ApiError } from '../api/request.ts';

/** The error that a form was answered with: the field that it names shows it. */
export const FieldErrors = createContext<ApiError | null>(null);

export function useFieldError(name: string | undefined): string | undefined {
  const error = useContext(FieldErrors);
  return name !== undefined && error?.field === name ? error.message : undefined;
}
