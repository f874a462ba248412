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
        $"convolved with the elements of {this.Rows.Taps}x{this.Columns.Taps} that meet each of {this.Rows.Stride}x{this.Columns.Stride} classes of pixels; direct, tiles of {this.PixelsOf(Isa.Avx512)}x2 vectors; W in panels of 32 channels.";

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

    public override void Emit(CodeWriter code, EmitOptions options)
    {
        (WindowAxis rows, WindowAxis columns) = (this.Rows, this.Columns);
        int panels = PanelLayout.Panels(this.Channels).Count;
        using (this.Entry(code, optimize: true, options))
        {
            code.Line($"const int M = {this.Filters}, C = {this.Channels}, W = {columns.Outputs}, Pitch = {columns.Inputs} * M, K = {rows.Taps * columns.Taps} * M;");
            code.Line($"nint pixels = {TileSet.ByPath(isa => Literal.Of(this.PixelsOf(isa)))};");
            using (code.Braces("for (nint unit = start; unit < end; unit++)"))
            {
                code.Line($"nint sample = unit / {panels * this.Groups}, column = unit / {this.Groups} % {panels} * {PanelLayout.Width}, group = unit % {this.Groups} * {rows.Stride};");
                code.Line("nint element = column * K;");
                TileSet.EmitForPanel(code, this.Channels, (width, valid) => this.EmitPanel(code, width, valid));
            }
        }
    }

    /// <summary>The classes of rows, and in each the classes of columns, in the order of the filter.</summary>
    private void EmitPanel(CodeWriter code, int width, int valid)
    {
        (WindowAxis rows, WindowAxis columns) = (this.Rows, this.Columns);
        using (Classes(code, rows, "row", "group", "tapsY"))
        {
            code.Line($"nint top = {First(rows, "row", "tapsY")};");
            using (Classes(code, columns, "pixel", "0", "tapsX"))
            {
                code.Line($"nint left = {First(columns, "pixel", "tapsX")}, taps = tapsX * M;");
                code.Line("ref float wAt = ref Unsafe.Add(ref w, element);");
                code.Line($"element += tapsY * taps * {width};");
                using (code.Braces($"if (row < {rows.Outputs} && pixel < W)"))
                {
                    string ends = columns.Stride == 1 ? "W" : $"(W - pixel + {columns.Stride - 1}) / {columns.Stride}";
                    code.Line($"nint count = {ends};");
                    code.Line($"ref float dyAt = ref Unsafe.Add(ref dy, (((sample * {rows.Inputs}) + top) * Pitch) + (left * M));");
                    code.Line($"nint place = (((((sample * {rows.Outputs}) + row) * W) + pixel) * C) + column;");
                    this.EmitTiles(code, width, valid);
                }
            }
        }
    }

    /// <summary>A loop over the classes along an axis: the first output of a class from <paramref name="from"/> on, and how many elements of the filter meet it.</summary>
    private static Blocks Classes(CodeWriter code, WindowAxis axis, string name, string from, string taps)
    {
        if (axis.Stride == 1)
        {
            code.Line($"nint {name} = {from}, {taps} = {axis.Taps};");
            return default;
        }

        int shift = ((-axis.Before % axis.Stride) + axis.Stride) % axis.Stride;
        CodeWriter.Block loop = code.Braces($"for (nint {name}Class = 0; {name}Class < {axis.Stride}; {name}Class++)");
        code.Line($"nint {name} = {(from == "0" ? "" : from + " + ")}{(shift == 0 ? $"{name}Class" : $"(({name}Class + {shift}) % {axis.Stride})")}, {taps} = Math.Max(0, ({axis.Taps + axis.Stride - 1} - {name}Class) / {axis.Stride});");
        return new Blocks(loop);
    }

    /// <summary>The input that the first element of an output's class meets, in the order in which the class lies turned around.</summary>
    private static string First(WindowAxis axis, string output, string taps)
    {
        string above = axis.Before == 0 ? output : axis.Before > 0 ? $"({output} + {axis.Before})" : $"({output} - {-axis.Before})";
        return $"{(axis.Stride == 1 ? above : $"({above} / {axis.Stride})")} - Math.Max(0, {taps} - 1)";
    }

    private void EmitTiles(CodeWriter code, int width, int valid)
    {
        int stride = this.Columns.Stride;
        string distance = stride == 1 ? "C" : $"{stride} * C";
        using (code.Braces("for (nint tile = 0; tile < count; tile += pixels)"))
        {
            code.Line("nint at = Math.Min(tile, count - pixels);");
            code.Line("ref float dyTile = ref Unsafe.Add(ref dyAt, at * M);");
            string y = $"place + (at * {distance})";
            code.Line($"ref float yAt = ref Unsafe.Add(ref y, {y});");
            for (int e = 1; e <= this.Epilogue.Operands.Count; e++)
            {
                code.Line($"ref float e{e}At = ref Unsafe.Add(ref e{e}, {(this.Epilogue.Operands[e - 1] == EpilogueOperand.Row ? "column" : y)});");
            }

            for (int i = 0; i < Isa.All.Length; i++)
            {
                Isa isa = Isa.All[i];
                using (code.Braces(TileSet.Head(i, Isa.All.Length, isa)))
                {
                    TileSet.EachBlock(code, TileSet.Cut(isa, valid), (column, lanes) => this.EmitCall(code, this.Tile(isa, lanes), column, width, distance));
                }
            }
        }
    }

    private void EmitCall(CodeWriter code, RegisterTile tile, string column, int width, string distance) =>
        code.Line(tile.Call(new TileCall("dyTile", TileSet.At("wAt", column), TileSet.At("yAt", column))
        {
            Operands = [.. Enumerable.Range(1, this.Epilogue.Operands.Count).Select(i => TileSet.At($"e{i}At", column))],
            K = tile.Loops > 0 ? "taps" : "tapsY * taps",
            StrideA = "M",
            StepB = Literal.Of(width),
            StrideY = distance,
            StrideE = distance,
            Loops = tile.Loops > 0 ? [("tapsY", "Pitch")] : [],
        }) + ";");

    /// <summary>A loop, or none.</summary>
    private readonly struct Blocks(CodeWriter.Block? block) : IDisposable
    {
        public void Dispose() => block?.Dispose();
    }
}
