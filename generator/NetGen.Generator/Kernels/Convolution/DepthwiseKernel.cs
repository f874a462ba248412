namespace NetGen.Generator;

/// <summary>
/// Y (N,OH,OW,C) = X (N,H,W,C) convolved channel by channel with W (kh,kw,C), or the gradient of that. Rows of the map are the units of work: the rows of the filter
/// that lie inside the map are counted for each, columns outside of it are left out of the first and the last tile, so that no map is copied to get zeros around it.
/// Every output element is one chain of multiply-adds in the order of the filter's rows and X's columns, so the bits depend neither on tiles nor on threads.
/// </summary>
/// <param name="Samples">N.</param>
/// <param name="Rows">How the filter goes over the rows.</param>
/// <param name="Columns">How it goes over the columns, by tiles.</param>
/// <param name="Channels">C.</param>
/// <param name="Epilogue">What is done to the result in registers.</param>
internal sealed record DepthwiseKernel(Dim Samples, WindowAxis Rows, WindowAxis Columns, int Channels, Epilogue Epilogue) : Kernel
{
    /// <summary>Rows below which the tiles of one are units of their own. Channels are not: what lies side by side in memory would be written by two cores.</summary>
    private const int FewRows = 4;

    public override string Name => FormattableString.Invariant($"Depthwise_{this.Rows.Text}_by_{this.Columns.Text}x{this.Channels}{EpilogueNames.Of(this.Epilogue)}");

    public override string Summary =>
        $"Y (n, {this.Rows.Outputs}, {this.Columns.Outputs}, {this.Channels}) = {(this.Epilogue == Epilogue.None ? "x0" : this.Epilogue.Body)} of X (n, {this.Rows.Inputs}, {this.Columns.Inputs}, {this.Channels}) " +
        $"{(this.Rows.Spreads || this.Columns.Spreads ? "spread" : "convolved")} channel by channel with {this.Rows.Taps}x{this.Columns.Taps}; vectors along the channels, because each has filters of its own; tiles of {this.Row.Pixels} pixels.";

    public override IReadOnlyList<KernelOperand> Operands =>
    [
        new("x", Access.ReadAll),
        new("w", Access.ReadAll),
        .. this.Epilogue.KernelOperands,
        new("y", Access.WriteScattered),
    ];

    public override IReadOnlyList<string> Sizes => [];

    public override Dim? Units => this.Samples * (this.Rows.Outputs * this.Parts);

    public override Dim Work => this.Samples * ((long)this.Rows.Outputs * this.Columns.Outputs * this.Rows.Taps * this.Columns.Taps * this.Channels / (this.Rows.Phases * this.Columns.Phases));

    public override IEnumerable<ITile> Shared => [this.Loop, .. this.Loop.Tiles];

    // The number of samples is not named in the code.
    public bool Equals(DepthwiseKernel? other) =>
        other is not null && this.Rows == other.Rows && this.Columns == other.Columns && this.Channels == other.Channels && this.Epilogue == other.Epilogue;

    public override int GetHashCode() => unchecked((((this.Rows.GetHashCode() * 31) + this.Columns.GetHashCode()) * 31) + this.Channels);

    private DepthwiseRow Row => DepthwiseRow.Of(this.Columns) ?? throw new InvalidOperationException("The map has no zeros around it for this filter.");

    /// <summary>Parts of a row that are units of work.</summary>
    private int Parts => Math.Max(1, Math.Min(this.Row.Runs[0].Tiles, FewRows / this.Rows.Outputs));

    private DepthwiseLoop Loop
    {
        get
        {
            DepthwiseRow row = this.Row;
            DepthwiseTile Tile(int start) => row.Tile(DepthwiseLoop.WidestFor(this.Channels), start, DepthwiseLoop.LanesOf(this.Channels), this.Epilogue);
            return new DepthwiseLoop(DepthwiseLoop.WidestFor(this.Channels), Tile(0), row.Runs.Count > 1 ? Tile(row.Runs[1].Start) : null, this.Rows.Spreads);
        }
    }

    public override void Emit(CodeWriter code, EmitOptions options)
    {
        (WindowAxis rows, WindowAxis columns, DepthwiseRow row) = (this.Rows, this.Columns, this.Row);
        IEnumerable<string> references = this.Operands.Select(o => "ref " + o.Name);
        long element = (rows.Flips ? (long)(rows.Taps - 1) * columns.Taps : 0) + (columns.Flips ? columns.Taps - 1 : 0);
        List<string> sizes =
        [
            "start", "end", "C", $"inputs: {rows.Inputs}", $"outputs: {rows.Outputs}", $"taps: {rows.Taps}", $"stride: {rows.Stride}", .. rows.Spreads ? Array.Empty<string>() : [$"dilation: {rows.Dilation}"],
            $"before: {rows.Before}", $"pitchX: {columns.Inputs} * C", $"pitchY: {columns.Outputs} * C", $"pitchW: {(rows.Flips ? "-" : "")}{columns.Taps} * C", $"tap: {(columns.Flips ? "-" : "")}C",
            $"element: {element} * C", $"column: {columns.FirstInput(0, row.Pixels)} * C", $"tiles: {row.Runs[0].Tiles}", $"parts: {this.Parts}",
            .. row.Runs.Count > 1 ? [$"lastColumn: {columns.FirstInput(row.Runs[1].Start, row.Pixels)} * C", $"lastPixel: {row.Runs[1].Start} * C"] : Array.Empty<string>(),
            .. this.Loop.Tile.IsWide ? [$"columns: {columns.Taps}"] : Array.Empty<string>(),
        ];
        using (this.Entry(code, optimize: false, options))
        {
            code.Line($"const int C = {this.Channels};");
            code.Line($"{this.Loop.Name}({string.Join(", ", references.Concat(sizes))});");
        }
    }
}
