namespace NetGen.Generator;

/// <summary>Loads and stores of vectors over channels, of which there may be fewer than lanes.</summary>
internal static class TileLoads
{
    /// <summary>A load; of some lanes where <paramref name="lanes"/> is not 0.</summary>
    public static string Load(Isa isa, int lanes, (string Reference, string Offset) place) =>
        lanes == 0 ? isa.Load(place.Reference, place.Offset) : isa.LoadTail(Place(place), Literal.Of(lanes));

    public static string Store(Isa isa, int lanes, string vector, (string Reference, string Offset) place) =>
        lanes == 0 ? isa.Store(vector, place.Reference, place.Offset) : isa.StoreTail(vector, Place(place), Literal.Of(lanes));

    /// <summary>A condition around what reads a column: that the tile is not the first of its row, or not the last, where the column lies outside the map in that one.</summary>
    public static CodeWriter.Block? Inside(CodeWriter code, bool isOutsideFirst, bool isOutsideLast) => (isOutsideFirst, isOutsideLast) switch
    {
        (true, true) => code.Braces("if (isInner && isBefore)"),
        (true, false) => code.Braces("if (isInner)"),
        (false, true) => code.Braces("if (isBefore)"),
        _ => null,
    };

    private static string Place((string Reference, string Offset) place) => place.Offset == "0" ? place.Reference : $"Unsafe.Add(ref {place.Reference}, {place.Offset})";
}
