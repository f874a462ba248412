namespace NetGen.Generator;

/// <summary>
/// How many steps a time may have: so many that filters and crops leave something of every value and that slices find what they take, and no more than tables of a constant size (positions) have
/// rows for. No shape tells it at compile time, and at run time emitted code would read beyond the ends.
/// </summary>
/// <param name="Least">The least number of steps, or 0 where any number will do.</param>
/// <param name="Most">The largest number of steps, or <see cref="int.MaxValue"/> where any number will do.</param>
internal readonly record struct TimeBounds(long Least, long Most)
{
    /// <summary>Any number of steps will do.</summary>
    public static readonly TimeBounds None = new(0, int.MaxValue);

    /// <summary>More steps than any array has.</summary>
    private const long Beyond = 1L << 31;

    /// <summary>The bounds of a time, by its symbol.</summary>
    public static TimeBounds Of(Graph graph, string time)
    {
        // Each is a number that must not be negative, and either only grows with the time or only shrinks.
        Bound[] derived = [.. graph.Values.SelectMany(v => v.Shape.Dims).SelectMany(d => d.Symbols).OfType<DerivedSymbol>().Distinct().Select(Dim.Of).Where(d => IsOf(time, d)).Select(d => (Bound)(steps => At(d, time, steps) - 1))];
        Bound[] taken =
        [
            .. graph.Nodes.SelectMany(Places).Where(p => IsOf(time, p.Start, p.Size, p.Whole))
                .SelectMany(p => new Bound[] { steps => At(p.Start, time, steps), steps => At(p.Whole, time, steps) - At(p.Start, time, steps) - At(p.Size, time, steps) }),
        ];

        // Of no steps most layers make none, so that a filter needs a number of them only where it does not have enough at one.
        long least = derived.Where(d => d(1) < 0).Concat(taken.Where(t => t(Beyond) >= 0)).Select(First).DefaultIfEmpty().Max();
        long most = taken.Where(t => t(Beyond) < 0).Select(t => First(steps => -1 - t(steps)) - 1).Append(int.MaxValue).Min();
        return new TimeBounds(Math.Min(least, int.MaxValue), most);
    }

    /// <summary>What a node takes of an axis, or where it puts what it is given.</summary>
    private static IEnumerable<(Dim Start, Dim Size, Dim Whole)> Places(Node node) => node.Op switch
    {
        Slice slice => [(slice.Start, slice.Size, node.Inputs[0].Shape[slice.Axis])],
        Pad pad => [(pad.Before, node.Inputs[0].Shape[pad.Axis], pad.Size)],
        _ => [],
    };

    private static bool IsOf(string time, params Dim[] dims) => SizeNames.Of(dims).SequenceEqual([time]);

    private static long At(Dim dim, string time, long steps) => dim.Evaluate(new Dictionary<string, long> { [time] = steps });

    /// <summary>The first number of steps at which a bound that grows with them is kept, found by halving.</summary>
    private static long First(Bound bound)
    {
        (long least, long most) = (0, Beyond);
        while (least < most)
        {
            long middle = least + ((most - least) / 2);
            (least, most) = bound(middle) >= 0 ? (least, middle) : (middle + 1, most);
        }

        return least;
    }

    /// <summary>What must not be negative for so many steps.</summary>
    private delegate long Bound(long steps);
}
