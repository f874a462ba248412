namespace NetGen.Generator;

/// <summary>The shortest time that leaves something of every value: filters and crops take steps away.</summary>
internal static class LeastTime
{
    /// <summary>Beyond any array.</summary>
    private const long Most = 1L << 40;

    /// <summary>The least number of steps, or 0 where any number will do.</summary>
    public static long Of(Graph graph, string time)
    {
        Dim[] derived =
        [
            .. graph.Values.SelectMany(v => v.Shape.Dims).SelectMany(d => d.Symbols).OfType<DerivedSymbol>().Distinct().Select(Dim.Of)
                .Where(d => SizeNames.Of([d]).SequenceEqual([time])),
        ];
        if (derived.All(d => d.Evaluate(Sizes(1)) >= 1))
        {
            return 0;
        }

        // Sizes grow with the time, so that the least one is found by halving.
        (long least, long most) = (2, Most);
        while (least < most)
        {
            long middle = least + ((most - least) / 2);
            (least, most) = derived.All(d => d.Evaluate(Sizes(middle)) >= 1) ? (least, middle) : (middle + 1, most);
        }

        return least;

        Dictionary<string, long> Sizes(long steps) => new() { [time] = steps };
    }
}
