import { customIds } from '#lib/ui/custom-id';

/** The buttons of the report; it is made anew for each press. */
export const doctorIds = customIds('doctor', 1, { page: ['page'] });

export type DoctorId = Exclude<ReturnType<typeof doctorIds.parse>, 'outdated'>;
