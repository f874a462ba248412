namespace NetGen.Generator;

/// <summary>
/// dX (N,H,W,C) of a convolution with strides, from dY (N,OH,OW,M): the pixels of dX fall into classes by their place within a stride, and each class is a convolution of
/// dY of stride 1 with those elements of the filter that meet it, in register tiles whose pixels are stored a stride apart. No product with a zero between the pixels of dY is
/// computed. A class that no element meets gets the epilogue of zero.
/// </summary>
/// <param name="Samples">N.</param>
/// <param name="Rows">How the filter goes over the rows, from dY with its zeros to dX.</param>
/// <param name="Columns">How it goes over the columns.</param>
/// <param name="Filters">M.</param>
/// <param name="Channels">C.</param>
/// <param name="Epilogue">What is done to the result in registers.</param>
internal sealed record StridedGradientKernel(Dim Samples, WindowAxis Rows, WindowAxis Columns, int Filters, int Channels, Epilogue Epilogue) : Kernel
{
    public override string Name => FormattableString.Invariant($"StridedGradient_{this.Rows.Text}_by_{this.Columns.Text}x{this.Filters}_to_{this.Channels}{EpilogueNames.Of(this.Epilogue)}");

    public override string Summary =>
        $"dX (n, {this.Rows.Outputs}, {this.Columns.Outputs}, {this.Channels}) = {(this.Epilogue == Epilogue.None ? "x0" : this.Epilogue.Body)} of dY (n, {this.Rows.Inputs}, {this.Columns.Inputs}, {this.Filters}) " +
        $"convolved with the elements of {this.Rows.Taps}x{this.Columns.Taps} that meet each of {this.Rows.Stride}x{this.Columns.Stride} classes of pixels, because Winograd's forms take stride 1; direct, tiles of {this.PixelsOf(Isa.Avx512)}x2 vectors; W in panels of 32 channels.";

    public override IReadOnlyList<KernelOperand> Operands =>
    [
        new("dy", Access.ReadAll),
        new("w", Access.ReadAll),
        .. this.Epilogue.KernelOperands,
        new("y", Access.WriteScattered),
    ];

    public override IReadOnlyList<string> Sizes => [];

    public override Dim? Units => this.Samples * (PanelLayout.Panels(this.Channels).Count * this.Groups);

    public override Dim Work => this.Samples * ((long)this.Rows.Inputs * this.Columns.Inputs * this.Rows.Taps * this.Columns.Taps * this.Filters * this.Channels);

    public override IEnumerable<RegisterTile> Tiles =>
        Isa.All.SelectMany(isa => PanelLayout.Panels(this.Channels).SelectMany(p => TileSet.Cut(isa, p.Valid)).Select(b => this.Tile(isa, b.Lanes))).Distinct();

    // The number of samples is not named in the code.
    public bool Equals(StridedGradientKernel? other) =>
        other is not null && this.Rows == other.Rows && this.Columns == other.Columns && this.Filters == other.Filters && this.Channels == other.Channels && this.Epilogue == other.Epilogue;

    public override int GetHashCode() => unchecked((((this.Rows.GetHashCode() * 31) + this.Columns.GetHashCode()) * 31) + this.Channels);

    /// <summary>Rows of dX, a stride of them at a time: the units of work of one sample and one panel.</summary>
    private int Groups => (this.Rows.Outputs + this.Rows.Stride - 1) / this.Rows.Stride;

    /// <summary>Pixels of a path's tile: the pixels that every class has in a row, in as few equal parts as fit.</summary>
    private int PixelsOf(Isa isa)
    {
        int pixels = Math.Max(1, this.Columns.Outputs / this.Columns.Stride), most = ConvKernel.MostOf(isa, this.Filters);
        int parts = (pixels + most - 1) / most;
        return (pixels + parts - 1) / parts;
    }

    private RegisterTile Tile(Isa isa, int lanes)
    {
        RegisterTile tile = new(isa, this.PixelsOf(isa), lanes) { Loops = this.Rows.Taps > this.Rows.Stride ? 1 : 0, Epilogue = this.Epilogue };
        return isa != Isa.Avx512 ? tile : tile with
        {
            Form = TileForm.Placed,
            Places = Enumerable.Range(0, tile.Rows).Select(i => i * this.Filters).ToEquatableArray(),
        };
    }

    public override IEnumerable<ITile> Shared => base.Shared.Append(this.Loop);

    private StridedGradientLoop Loop
    {
        get
        {
            (_, int width, int valid) = PanelLayout.Panels(this.Channels).Last();
            return new StridedGradientLoop(
                Isa.All.Select(isa => this.Tile(isa, TileSet.Vectors * isa.Width).Open).ToEquatableArray(), this.Channels >= PanelLayout.Width, valid == PanelLayout.Width ? default : (width, valid));
        }
    }

    public override void Emit(CodeWriter code, EmitOptions options)
    {
        IEnumerable<string> arguments =
        [
            "ref dy", "ref w", "ref y", .. this.Epilogue == Epilogue.None ? Array.Empty<string>() : [new EpilogueType(this.Epilogue).Create], "start", "end",
            $"panels: {PanelLayout.Panels(this.Channels).Count}", $"m: {this.Filters}", $"channels: {this.Channels}",
            .. StridedGradientLoop.AxisSizes("H").Zip(SizesOf(this.Rows), Argument), .. StridedGradientLoop.AxisSizes("W").Zip(SizesOf(this.Columns), Argument),
        ];
        using (this.Entry(code, optimize: false, options))
        {
            code.Line($"{this.Loop.Name}{TypeArguments.List(this.Tile(Isa.Avx512, TileSet.Vectors * Isa.Avx512.Width).Types)}({string.Join(", ", arguments)});");
        }

        // The class that lies first in the filter is not that of output 0, where zeros shift them.
        static IEnumerable<int> SizesOf(WindowAxis axis) => [axis.Inputs, axis.Outputs, axis.Taps, axis.Stride, axis.Before, ((-axis.Before % axis.Stride) + axis.Stride) % axis.Stride];

        static string Argument(string name, int size) => FormattableString.Invariant($"{name}: {size}");
    }
}
