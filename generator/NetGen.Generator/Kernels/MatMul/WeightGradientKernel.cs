namespace NetGen.Generator;

/// <summary>
/// dW (inputs,columns) = transposed X · dY, summed over all rows of samples, steps or pixels, in panels as the weight lies. The rows go in blocks that stay in the cache: the block's
/// columns of dY for one panel are packed, and where lines of X a row apart would fall into few sets of the first cache, its inputs are too. Every element is one chain of
/// multiply-adds in the order of the rows.
/// </summary>
/// <param name="Rows">What is summed over.</param>
/// <param name="Inputs">Columns of X.</param>
/// <param name="Columns">Columns of dY, of more than one panel.</param>
internal sealed record WeightGradientKernel(Dim Rows, int Inputs, int Columns) : Kernel
{
    /// <summary>Floats of X in a block: what a core's second-level cache holds beside a part of dW.</summary>
    private const int CacheFloats = 64 * 1024;

    /// <summary>Rows of a block at most: three quarters of a first-level cache of 32 KiB with packed columns.</summary>
    private const int MostRows = 192;

    /// <summary>Rows of a block at least, as each block loads and stores all of dW once.</summary>
    private const int FewestRows = 64;

    /// <summary>Columns of X from which a product in one go would find too little of it in the caches.</summary>
    private const int FewestInputs = 256;

    /// <summary>Whether pixels get the kernel: a gradient of several panels, which is what the blocks are for.</summary>
    public static bool TakesPixels(Dim rows, int columns) => !rows.IsConstant && columns > PanelLayout.Width;

    /// <summary>Whether a matrix gets the kernel, too: long rows, and more of them than there are samples. Others are faster as plain products.</summary>
    public static bool Takes(Dim rows, Dim inputs, int columns) => TakesPixels(rows, columns) && rows != Dim.Batch && inputs is { IsConstant: true, Constant: >= FewestInputs };

    public override string Name => FormattableString.Invariant($"WeightGradient_{Identifier(this.Rows)}x{this.Inputs}_to_{this.Columns}");

    public override string Summary =>
        $"dW ({this.Inputs},{this.Columns}) = transposed X · dY over {this.Rows} rows, {this.BlockRows} at a time, so that they stay in the cache; tiles of 8x2, 6x2, 4x2 vectors; columns of dY packed" +
        (this.PacksX ? ", and those of X in pieces, because lines a row apart fall into few sets of the first cache." : ".");

    public override IReadOnlyList<KernelOperand> Operands => [new("x", Access.ReadAll), new("dy", Access.ReadAll), new("scratch", Access.WriteScattered), new("y", Access.WriteScattered)];

    public override IReadOnlyList<string> Sizes => SizeNames.Of([this.Rows]);

    public override bool UsesFrame => true;

    public override Dim? Units => PanelLayout.Panels(this.Columns).Count * this.Chunks;

    /// <summary>All of a share goes over the same rows.</summary>
    public override int? Grain => null;

    public override Dim Work => this.Rows * ((long)this.Inputs * this.Columns);

    /// <summary>Floats of one part's packed columns of dY and inputs of X.</summary>
    public int PackedFloats => this.BlockRows * (PanelLayout.Width + (this.PacksX ? this.Inputs : 0));

    public override IEnumerable<RegisterTile> Tiles => this.Loop.TilesOf(this.Columns);

    public override IEnumerable<ITile> Shared => base.Shared.Append(this.Loop);

    private int BlockRows => Math.Min(MostRows, Math.Max(FewestRows, CacheFloats / this.Inputs));

    private bool PacksX => WeightGradientLoop.Packs(this.Inputs, this.Inputs, this.Columns, this.Chunk);

    private int Chunk => WeightGradientLoop.Chunk(this.Inputs, PanelLayout.Panels(this.Columns).Count);

    private int Chunks => (this.Inputs + this.Chunk - 1) / this.Chunk;

    private WeightGradientLoop Loop => WeightGradientLoop.For(this.Inputs, this.Chunk, this.Columns, this.PacksX, isFlat: true);

    public override void Emit(CodeWriter code, EmitOptions options)
    {
        string[] arguments =
        [
            "ref x", "ref dy", Scratch(0), .. this.PacksX ? [Scratch(this.BlockRows * PanelLayout.Width)] : Array.Empty<string>(), "ref y", "start", "end", $"rows: {Literal.Size(this.Rows)}",
            $"m: {this.Columns}", $"inner: {this.Inputs}", $"chunk: {this.Chunk}", $"chunks: {this.Chunks}", $"blockRows: {this.BlockRows}",
        ];
        using (this.Entry(code, optimize: false, options))
        {
            code.Line($"{this.Loop.Name}({string.Join(", ", arguments)});");
        }

        string Scratch(int floats) => $"ref Unsafe.Add(ref scratch, (frame.PartIndex * {this.PackedFloats}) + {floats})";
    }

    /// <summary>Adds the kernel behind what it reads.</summary>
    /// <param name="lowering">Where to.</param>
    /// <param name="x">X, in rows.</param>
    /// <param name="dy">dY, in rows.</param>
    /// <param name="output">The value that dW is.</param>
    public void Lower(Lowering lowering, Value x, Value dy, Value output)
    {
        bool toPanels = lowering.Wanted(output) == PanelLayout.Instance;
        Buffer result = toPanels ? lowering.Write(output, PanelLayout.Instance)
            : lowering.Scratch(PanelLayout.Instance.Length(Shape.Of(this.Inputs, this.Columns)), output.Name, PanelLayout.Instance);
        lowering.Add(this, lowering.Read(x), lowering.Read(dy), lowering.Scratch(Dim.Parts * this.PackedFloats, "columns of dY"), result);
        if (!toPanels)
        {
            ToPlain(lowering, result, this.Inputs, this.Columns, output);
        }
    }

    /// <summary>A gradient that is not wanted in panels, taken out of them.</summary>
    public static void ToPlain(Lowering lowering, Buffer panels, int rows, int columns, Value output)
    {
        RuntimeKernel kernel = new("PanelsToPlain", EquatableArray.Of<Dim>(rows, columns), $"Y ({rows},{columns}) from X in panels.") { Panels = (columns + PanelLayout.Width - 1) / PanelLayout.Width };
        lowering.Add(kernel, panels, lowering.Write(output));
    }
}
