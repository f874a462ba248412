namespace NetGen.Generator;

/// <summary>
/// How a convolution in which each channel has filters of its own, or a gradient of it, becomes tiles: mostly straight from the map. Rare forms get a copy of it first, with
/// zeros between its pixels (gradients where strides and dilations meet) or around its rows (wide filters, zeros beyond a tile), or with each channel repeated.
/// </summary>
/// <param name="Rows">How the filter goes over the rows.</param>
/// <param name="Columns">How it goes over the columns, zeros included.</param>
/// <param name="Channels">Channels of the maps that are read and written, after repeating.</param>
/// <param name="Multiplier">How many filters each channel has.</param>
internal sealed record DepthwisePlan(WindowAxis Rows, WindowAxis Columns, int Channels, int Multiplier)
{
    /// <summary>Pixels from pixel to pixel in the copy.</summary>
    public int SpreadRows { get; init; } = 1;

    public int SpreadColumns { get; init; } = 1;

    /// <summary>Zeros at the beginning and the end of each row of the copy.</summary>
    public int Left { get; init; }

    public int Right { get; init; }

    /// <summary>Whether the map is copied with zeros.</summary>
    public bool Copies => this.SpreadRows > 1 || this.SpreadColumns > 1 || this.Left + this.Right > 0;

    /// <summary>The plan for a node, or null where its channels share filters or sizes are known at run time only.</summary>
    public static DepthwisePlan? Of(Node node)
    {
        (ConvGeometry geometry, Shape x, Shape w) = node.Op switch
        {
            Conv op => (op.Geometry, node.Inputs[0].Shape, node.Inputs[1].Shape),
            ConvInputGradient op => (op.Geometry, op.Input, node.Inputs[1].Shape),
            ConvFilterGradient op => (op.Geometry, node.Inputs[0].Shape, op.Filter),
            _ => throw new InvalidOperationException(node.Op.Name),
        };
        if (geometry.Rank > 2 || !x.Dims.Skip(1).All(d => d.IsConstant) || x.Last != geometry.Groups || !w.IsConstant)
        {
            return null;
        }

        Shape y = geometry.OutputShape(x, w);
        WindowAxis Axis(int i) => new(Size(x[i + 1]), Size(y[i + 1]), Size(w[i]), geometry.Strides[i], geometry.Dilations[i], geometry.Before[i]);
        DepthwisePlan plan = new(geometry.Rank == 1 ? new WindowAxis(1, 1, 1, 1, 1, 0) : Axis(0), Axis(geometry.Rank - 1), Size(w.Last), Size(w.Last) / geometry.Groups);
        return node.Op switch
        {
            ConvInputGradient => plan.Gradient.WithZeros(a => DepthwiseRow.Of(a) is not null),
            ConvFilterGradient => plan.WithZeros(a => DepthwiseFilterGradientKernel.IsPossible(a)),
            _ => plan.WithZeros(a => DepthwiseRow.Of(a) is not null),
        };
    }

    /// <summary>The plan of the gradient, with zeros between the pixels of dY where tiles cannot leave them out.</summary>
    private DepthwisePlan Gradient
    {
        get
        {
            WindowAxis? rows = this.Rows.Gradient, columns = this.Columns.Gradient;
            bool spreadsColumns = columns is null || (columns.Spreads && DepthwiseRow.Of(columns) is null);
            return this with
            {
                Rows = rows ?? this.Rows.GradientOfSpread,
                SpreadRows = rows is null ? this.Rows.Stride : 1,
                Columns = spreadsColumns ? this.Columns.GradientOfSpread : columns!,
                SpreadColumns = spreadsColumns ? this.Columns.Stride : 1,
            };
        }
    }

    private DepthwisePlan WithZeros(Func<WindowAxis, bool> isPossible)
    {
        if (isPossible(this.Columns))
        {
            return this;
        }

        (WindowAxis columns, int left, int right) = this.Columns.Padded;
        return this with { Columns = columns, Left = left, Right = right };
    }

    private static int Size(Dim dim) => checked((int)dim.Constant);
}
