namespace NetGen.Generator;

/// <summary>
/// What is kept for a version of the weights: whatever the lists behind Prepare read. The rest is given back: a parameter that has become something else after its last
/// reader, and what Prepare made for itself alone at its end.
/// </summary>
/// <param name="Lists">The lists, Prepare's with the parameters that each step releases.</param>
/// <param name="Floats">Floats that are kept.</param>
/// <param name="ScratchFloats">Floats that Prepare needs for itself.</param>
/// <param name="Places">For inference where each parameter lies in what is kept; -1 for those that only Prepare reads.</param>
internal sealed record PreparedPlan(IReadOnlyList<IReadOnlyList<Step>> Lists, long Floats, long ScratchFloats, EquatableArray<int> Places)
{
    /// <summary>Places what Prepare makes, and for inference the parameters. Whoever reads them is known.</summary>
    /// <param name="lists">The lists in the order in which they run, Prepare's first.</param>
    /// <param name="parameters">The parameters that a step reads.</param>
    /// <param name="made">What Prepare makes, in order.</param>
    /// <param name="count">How many parameters the network has.</param>
    /// <param name="training">Whether Prepare shares the arena with the others, as in a training step; else it has scratch memory of its own.</param>
    public static PreparedPlan Of(IReadOnlyList<IReadOnlyList<Step>> lists, IReadOnlyList<Buffer> parameters, IReadOnlyList<Buffer> made, int count, bool training)
    {
        HashSet<Buffer> later = [.. lists.Skip(1).SelectMany(l => l).SelectMany(s => s.Buffers).Select(b => b.Root)];
        int[] places = [.. Enumerable.Repeat(-1, count)];
        long floats = 0;
        foreach (Buffer parameter in parameters.Where(p => p.Region == Region.Parameter && later.Contains(p)).OrderBy(p => p.Slot))
        {
            places[parameter.Slot] = checked((int)floats);
            Keep(parameter);
        }

        List<Buffer> passing = [];
        foreach (Buffer buffer in made)
        {
            if (later.Contains(buffer))
            {
                Keep(buffer);
            }
            else if (buffer.FirstStep >= 0)
            {
                buffer.PlaceIn(training ? Region.Arena : Region.Scratch);
                passing.Add(buffer);
            }
        }

        long scratch = training ? 0 : ArenaPlan.Of(passing).Zones.Sum(z => z.Floats);
        return new PreparedPlan([Releasing(lists[0]), .. lists.Skip(1)], floats, scratch, training ? EquatableArray<int>.Empty : places.ToEquatableArray());

        void Keep(Buffer buffer)
        {
            buffer.PlaceIn(Region.Prepared, floats);
            floats += ArenaPlan.Round(buffer.Length).Constant;
        }
    }

    private static List<Step> Releasing(IReadOnlyList<Step> prepare)
    {
        Dictionary<int, int> last = [];
        for (int i = 0; i < prepare.Count; i++)
        {
            foreach (Buffer parameter in prepare[i].Buffers.Items.Where(b => b.Region == Region.Parameter))
            {
                last[parameter.Slot] = i;
            }
        }

        ILookup<int, int> released = last.OrderBy(l => l.Key).ToLookup(l => l.Value, l => l.Key);
        return [.. prepare.Select((step, i) => released.Contains(i) ? step with { Releases = released[i].ToEquatableArray() } : step)];
    }
}
