namespace NetGen.Generator;

/// <summary>
/// The buffers whose size is the same product of symbols: offsets within a zone are constants times that product, so the plan holds for every batch and time.
/// </summary>
internal sealed record ArenaZone(EquatableArray<Symbol> Symbols, long Floats)
{
    public Dim Length => new(this.Floats, this.Symbols);

    /// <summary>Whether every part has its own: scratch memory that does not grow with the samples.</summary>
    public bool IsPerPart => this.Symbols.Contains(Dim.Parts.Symbols[0]);
}

/// <summary>From lifetimes to offsets, as a greedy best fit: larger buffers first, each at the lowest offset that is free during its life.</summary>
internal sealed record ArenaPlan(EquatableArray<ArenaZone> Zones, long FloatsWithoutReuse)
{
    /// <summary>Floats of a cache line: every buffer starts on one.</summary>
    public const int Line = 16;

    public static ArenaPlan Of(IEnumerable<Buffer> buffers)
    {
        List<ArenaZone> zones = [];
        long without = 0;
        foreach (IGrouping<EquatableArray<Symbol>, Buffer> zone in buffers.GroupBy(b => b.Length.Symbols).OrderBy(z => z.Key.Count).ThenBy(z => string.Join("*", z.Key), StringComparer.Ordinal))
        {
            List<Buffer> placed = [];
            long total = 0;
            foreach (Buffer buffer in zone.OrderByDescending(b => b.Length.Scale).ThenBy(b => b.FirstStep))
            {
                long offset = 0;
                foreach (Buffer other in placed.Where(o => o.FirstStep <= buffer.LastStep && buffer.FirstStep <= o.LastStep).OrderBy(o => o.Offset))
                {
                    if (offset + buffer.Length.Scale <= other.Offset)
                    {
                        break;
                    }

                    offset = Math.Max(offset, other.Offset + other.Length.Scale);
                }

                buffer.Offset = offset;
                placed.Add(buffer);
                total = Math.Max(total, offset + buffer.Length.Scale);
                without += buffer.Length.Scale;
            }

            zones.Add(new ArenaZone(zone.Key, total));
        }

        return new ArenaPlan(zones.ToEquatableArray(), without);
    }

    /// <summary>Rounds a length up to whole cache lines, for every value of its symbols.</summary>
    public static Dim Round(Dim length) => length with { Scale = (length.Scale + Line - 1) / Line * Line };

    public override string ToString() => $"arena: {string.Join(" + ", this.Zones.Select(z => z.Length.ToString()))} floats, {this.FloatsWithoutReuse} without reuse";
}
