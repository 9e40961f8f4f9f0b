/** The radii that the law sets around venues of these activities: what the rings of the sketch show. */
interface Rule { activities: string[]; radius_m: number | null }

export function ringsOf(law: unknown, activities: readonly string[]): number[] {
  const { distance_rules: rules } = law as { distance_rules: Rule[] }
  const radii = rules
    .filter((rule) => rule.activities.some((one) => activities.includes(one)))
    .flatMap((rule) => rule.radius_m ?? [])
  return [...new Set(radii)].sort((a, b) => a - b)
}
