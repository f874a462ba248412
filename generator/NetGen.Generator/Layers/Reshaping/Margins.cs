namespace NetGen.Generator;

/// <summary>What stands on both sides of each axis of space, as Keras's tuples say it: one number for all, one an axis, or two an axis.</summary>
internal static class Margins
{
    public static (long Before, long After)[] Read(LayerContext context, string argument, int rank, long fallback)
    {
        IReadOnlyList<long> given = context.Integers(argument, null, [fallback], least: 0, most: 1 << 20);
        return given.Count == 1 ? [.. Enumerable.Repeat((given[0], given[0]), rank)]
            : given.Count == 2 * rank ? [.. Enumerable.Range(0, rank).Select(i => (given[2 * i], given[(2 * i) + 1]))]
            : given.Count == rank ? [.. given.Select(m => (m, m))]
            : throw context.Fail("NG0012", argument, $"{argument} of {context.Place} takes one integer, {(rank > 1 ? $"{rank} (one an axis) " : "")}or {2 * rank} (before and after{(rank > 1 ? ", axis by axis" : "")}), not {given.Count}.");
    }
}
