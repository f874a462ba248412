namespace NetGen.Generator;

/// <summary>How the elements of a value lie in memory.</summary>
internal abstract record Layout
{
    public static readonly Layout Plain = new PlainLayout();

    /// <summary>Floats that a value of this shape takes.</summary>
    public abstract Dim Length(Shape shape);
}

/// <summary>Row-major, dense.</summary>
internal sealed record PlainLayout : Layout
{
    public override Dim Length(Shape shape) => shape.Count;

    public override string ToString() => "plain";
}

/// <summary>
/// A matrix (K,N), or a filter whose taps and channels are its rows, cut into panels of 32 columns, each stored row by row, so that a product streams it: [N/32][K][32]. What is left of the columns
/// is a panel of 16 or 32 whose last lanes are zero. The width serves all paths: two vectors of 16 floats, four of 8, eight of 4.
/// </summary>
internal sealed record PanelLayout : Layout
{
    public const int Width = 32;
    public static readonly PanelLayout Instance = new();

    /// <summary>The panels of a matrix with this many columns: first column, stored width, valid columns.</summary>
    public static IReadOnlyList<(int Column, int Width, int Valid)> Panels(int columns)
    {
        List<(int Column, int Width, int Valid)> panels = [];
        for (int column = 0; column < columns; column += Width)
        {
            int valid = Math.Min(Width, columns - column);
            panels.Add((column, valid <= 16 ? 16 : Width, valid));
        }

        return panels;
    }

    /// <summary>The columns as stored, pad lanes included.</summary>
    public static int StoredColumns(int columns) => Panels(columns).Sum(p => p.Width);

    public override Dim Length(Shape shape) => shape.CountOf(0, shape.Rank - 1) * StoredColumns(checked((int)shape.Last.Constant));

    /// <summary>Whether a value can lie so: several constant columns behind any number of axes, which count as rows.</summary>
    public static bool Fits(Shape shape) => shape.Rank >= 2 && shape.IsConstant && shape.Last != 1;

    public override string ToString() => "panels";
}
