namespace NetGen.Generator;

/// <summary>
/// Y (M,N) = op(A) · B, in register tiles of rows by vectors, with an epilogue in registers. B streams once a tile row: from panels (weights) or
/// from its own rows (a gradient). Every output element is one chain of fused multiply-adds in the order of K, in every tile, so that
/// the bits do not depend on how rows fall into tiles or onto threads.
/// </summary>
/// <param name="M">Rows; a run-time size where they are samples.</param>
/// <param name="K">The inner size; a run-time size in a weight gradient.</param>
/// <param name="N">Columns.</param>
/// <param name="TransposeA">A is stored (K,M).</param>
/// <param name="PanelsB">B lies in panels; otherwise in rows.</param>
/// <param name="PanelsY">Y lies in panels, as a weight's gradient does; otherwise in rows.</param>
/// <param name="Epilogue">What is done to the product in registers.</param>
internal sealed record MatMulKernel(Dim M, Dim K, int N, bool TransposeA, bool PanelsB, bool PanelsY, Epilogue Epilogue) : Kernel
{
    /// <summary>Rows of the tiles of each path, the largest first: accumulators, operands and a broadcast fit the registers (32, 16, 16).</summary>
    private static readonly Dictionary<Isa, int[]> TileRows = new()
    {
        [Isa.Avx512] = [8, 4, 1],
        [Isa.Avx2] = [6, 1],
        [Isa.Portable] = [4, 1],
    };

    /// <summary>Rows of the tiles of a path, the largest first.</summary>
    public static int[] RowsOfTiles(Isa isa) => TileRows[isa];

    /// <summary>Rows that a thread's share is a multiple of, where the number of rows is a constant.</summary>
    private const int RowBlock = 8;

    /// <summary>
    /// Elements of B from which threads share its panels and not the rows of A: few samples give all of them work then, and none reads all of B. Below, rows that stay with
    /// their thread from layer to layer spare the waiting between them.
    /// </summary>
    private const long LargestForRows = 1 << 20;

    /// <summary>Elements of B of which a first-level cache holds a good part from step to step, if the pieces that come in turn are small.</summary>
    private const long LargestForFewPanels = 1 << 15;

    /// <summary>
    /// Whether it stands in a loop over time, or in the step of a stream. Threads then share rows however large B is, because they keep to their samples, and the panels of B that a single row takes
    /// come in turn from the first and from the last, so that it begins with what the cache still has of them.
    /// </summary>
    public bool IsInLoop { get; init; }

    public override string Name =>
        FormattableString.Invariant($"MatMul_{Part(this.M)}x{Part(this.K)}x{this.N}{(this.TransposeA ? "_TransA" : "")}{(this.PanelsB ? "" : "_Rows")}{(this.PanelsY ? "_ToPanels" : "")}{(this.IsInLoop ? "_InLoop" : "")}{EpilogueNames.Of(this.Epilogue)}");

    public override string Summary =>
        $"Y ({this.M},{this.N}) = {(this.Epilogue == Epilogue.None ? "x0" : this.Epilogue.Body)} of {(this.TransposeA ? "transposed A" : "A")} · B, inner size {this.K}; " +
        $"tiles of 8x2, 6x2, 4x2 vectors; B in {(this.PanelsB ? "panels of 32 columns, because its sizes are constants" : "rows, because it is made at each step")}" +
        (this.Group > 1 ? $"; one row takes {this.Group} panels at once, because its sums in one are too few to hide the latency" : "") +
        (this.UnitsArePanels ? "; threads share panels, because B is larger than a cache." : ".");

    public override IReadOnlyList<KernelOperand> Operands
    {
        get
        {
            List<KernelOperand> operands =
            [
                new("a", this.TransposeA || this.OwnsNoRows ? Access.ReadAll : Access.ReadOwn),
                new("b", Access.ReadAll),
            ];
            for (int i = 0; i < this.Epilogue.Operands.Count; i++)
            {
                operands.Add(new("e" + Literal.Of(i + 1), this.Epilogue.Operands[i] == EpilogueOperand.Row || this.OwnsNoRows ? Access.ReadAll : Access.ReadOwn));
            }

            operands.Add(new("y", this.PanelsY || this.OwnsNoRows ? Access.WriteScattered : Access.WriteOwn));
            return operands;
        }
    }

    public override IEnumerable<RegisterTile> Tiles => [.. this.Sets.SelectMany(s => s.All), .. this.Group > 1 ? [this.RowTile] : Array.Empty<RegisterTile>()];

    public override IReadOnlyList<string> Sizes => [.. SizeNames.Of([this.M, this.K]), .. this.TakesTurns ? [LoopNames.Steps.Now.Symbols[0].Name] : Array.Empty<string>()];

    /// <summary>Whether the order of the panels depends on the time.</summary>
    private bool TakesTurns => this.IsInLoop && this.Group > 1 && this.FullPanels / this.Group > 1;

    public override Dim? Units => this.UnitsArePanels ? PanelLayout.Panels(this.N).Count : !this.M.IsConstant ? this.M : this.UnitsFollowMemory ? this.Blocks * PanelLayout.Panels(this.N).Count : this.Blocks;

    /// <summary>Blocks of a constant number of rows.</summary>
    private long Blocks => (this.M.Constant + RowBlock - 1) / RowBlock;

    /// <summary>Whether a thread's share is panels of B, for all rows.</summary>
    private bool UnitsArePanels => !this.IsInLoop && this.PanelsB && !this.PanelsY && !this.TransposeA && !this.M.IsConstant && this.K.IsConstant && this.K.Constant * this.N > LargestForRows;

    private bool OwnsNoRows => this.M.IsConstant || this.UnitsArePanels;

    /// <summary>
    /// Units are blocks of rows of one panel after the other, so that a thread's share of a weight's gradient is one piece of memory, which the same thread then
    /// updates the weight from: what lies in the other core's cache costs more than the product saves.
    /// </summary>
    private bool UnitsFollowMemory => this.PanelsY && this.M is { IsConstant: true, Constant: > 1 } && this.N > PanelLayout.Width;

    /// <summary>Panels as many as one row takes at once, or blocks of rows; shares of single rows stay whole, because tiles are taller than one.</summary>
    public override int? Grain => this.UnitsArePanels ? this.Group : this.M.IsConstant ? 1 : null;

    public override Dim Work => this.M * this.K * this.N;

    private static string Part(Dim dim) => dim.IsConstant ? Literal.Of(dim.Constant) : new string([.. dim.ToString().Where(char.IsLetterOrDigit)]);

    private string KText => this.K.IsConstant ? "K" : $"({Literal.Size(this.K)})";

    private string MText => this.M.IsConstant ? "M" : $"({Literal.Size(this.M)})";

    private int FullPanels => this.N / PanelLayout.Width;

    /// <summary>The last panel, where columns are left over.</summary>
    private (int Column, int Width, int Valid)? LastPanel => this.N % PanelLayout.Width > 0 ? PanelLayout.Panels(this.N)[this.FullPanels] : null;

    private TileSet Whole => new(this.RowsOf, isa => TileSet.Cut(isa, PanelLayout.Width), this.Tile);

    private TileSet? Tail => this.LastPanel is { } last ? new(this.RowsOf, isa => TileSet.Cut(isa, last.Valid), this.Tile) : null;

    private IEnumerable<TileSet> Sets => [.. this.FullPanels > 0 ? [this.Whole] : Array.Empty<TileSet>(), .. this.Tail is { } tail ? [tail] : Array.Empty<TileSet>()];

    /// <summary>How many panels a single row takes at once: with one row, only more columns give enough independent chains. 1 where no share is one row.</summary>
    private int Group => !this.M.IsConstant || this.M == 1 ? Math.Max(1, Math.Min(this.IsInLoop && this.K.IsConstant && this.K.Constant * this.N <= LargestForFewPanels ? 2 : 4, this.FullPanels)) : 1;

    private RegisterTile RowTile => this.Tile(Isa.Avx512, 1, this.Group * PanelLayout.Width) with { Panels = this.Group };

    private RegisterTile Tile(Isa isa, int rows, int lanes) => new(isa, rows, lanes)
    {
        Form = this.TransposeA ? TileForm.Adjacent : TileForm.Strided,
        MasksB = !this.PanelsB && this.PanelsY && lanes % isa.Width > 0,
        StoresWhole = this.PanelsY && lanes % isa.Width > 0,
        Epilogue = this.Epilogue,
    };

    /// <summary>The tiles that some share of the rows needs: a share of a constant number of rows is whole blocks, but for what the last one has left over.</summary>
    private int[] RowsOf(Isa isa)
    {
        int[] all = TileRows[isa];
        if (!this.M.IsConstant)
        {
            return all;
        }

        long rest = this.M.Constant % RowBlock;
        IEnumerable<long> shares = [.. this.M.Constant >= RowBlock ? [RowBlock] : Array.Empty<long>(), .. rest > 0 ? [rest] : Array.Empty<long>()];
        HashSet<int> needed = [.. shares.Select(s => all.First(t => t <= s))];
        return [.. all.Where(needed.Contains)];
    }

    public override void Emit(CodeWriter code, EmitOptions options)
    {
        using (this.Entry(code, optimize: true, options))
        {
            code.Line($"const int N = {this.N}{(this.K.IsConstant ? $", K = {Literal.Of(this.K.Constant)}" : "")}{(this.M.IsConstant ? $", M = {Literal.Of(this.M.Constant)}" : "")};");
            if (this.Epilogue != Epilogue.None)
            {
                code.Line($"var epilogue = {new EpilogueType(this.Epilogue).Create};");
            }

            if (this.UnitsFollowMemory)
            {
                this.EmitPanelByPanel(code);
                return;
            }

            if (this.UnitsArePanels)
            {
                this.EmitPanels(code);
                return;
            }

            code.Line(this.M.IsConstant ? $"nint rows = Math.Min(end * {RowBlock}, M);" : "nint rows = end;");
            if (this.M.IsConstant)
            {
                code.Line($"start *= {RowBlock};");
            }

            if (this.Group > 1)
            {
                using (code.Braces($"if ({Isa.Avx512.Guard} && rows - start == 1)"))
                {
                    this.EmitOneRow(code, "0", Literal.Of(this.FullPanels * PanelLayout.Width));
                    this.EmitLastPanel(code, "start", Isa.Avx512);
                    code.Line("return;");
                }
            }

            code.Line($"nint size = {TileSet.Height(this.RowsOf, "rows - start")};");
            if (this.FullPanels > 0)
            {
                this.EmitWholePanels(code, "0", Literal.Of(this.FullPanels * PanelLayout.Width), row: null, Isa.All);
            }

            this.EmitLastPanel(code, row: null, Isa.All);
        }
    }

    /// <summary>All rows of the share's panels.</summary>
    private void EmitPanels(CodeWriter code)
    {
        bool hasLast = this.LastPanel is not null;
        code.Line($"nint first = start * {PanelLayout.Width}, last = {(hasLast ? $"Math.Min(end, {this.FullPanels})" : "end")} * {PanelLayout.Width}, rows = {this.MText};");
        code.Line("start = 0;");
        using (code.Braces($"if ({Isa.Avx512.Guard} && rows == 1)"))
        {
            this.EmitOneRow(code, "first", "last");
            if (hasLast)
            {
                using (code.Braces($"if (end > {this.FullPanels})"))
                {
                    this.EmitLastPanel(code, "start", Isa.Avx512);
                }
            }

            code.Line("return;");
        }

        code.Line($"nint size = {TileSet.Height(this.RowsOf, "rows")};");
        this.EmitWholePanels(code, "first", "last", row: null, Isa.All);
        if (hasLast)
        {
            using (code.Braces($"if (end > {this.FullPanels})"))
            {
                this.EmitLastPanel(code, row: null, Isa.All);
            }
        }
    }

    /// <summary>The share's rows of each panel that it touches.</summary>
    private void EmitPanelByPanel(CodeWriter code)
    {
        int width = PanelLayout.Width;
        code.Line($"const int Blocks = {Literal.Of(this.Blocks)};");
        using (code.Braces($"for (nint unit = start, stop; unit < end; unit = stop)"))
        {
            code.Line("nint index = unit / Blocks;");
            code.Line("stop = Math.Min((index + 1) * Blocks, end);");
            code.Line($"start = (unit - (index * Blocks)) * {RowBlock};");
            code.Line($"nint rows = Math.Min((stop - (index * Blocks)) * {RowBlock}, M);");
            code.Line($"nint size = {TileSet.Height(this.RowsOf, "rows - start")};");
            code.Line($"nint panel = index * {width};");
            using (this.Tail is null ? code.Braces() : code.Braces($"if (index < {this.FullPanels})"))
            {
                this.EmitRows(code, this.Whole, "panel", width, row: null, Isa.All);
            }

            if (this.Tail is { } tail)
            {
                using (code.Braces("else"))
                {
                    this.EmitRows(code, tail, "panel", this.LastPanel!.Value.Width, row: null, Isa.All);
                }
            }
        }
    }

    /// <summary>One row of the whole panels between two columns: stream them side by side, then those that are left over.</summary>
    private void EmitOneRow(CodeWriter code, string first, string last)
    {
        int width = PanelLayout.Width, side = this.Group * width;
        if (this.TakesTurns)
        {
            int groups = this.FullPanels / this.Group;
            using (code.Braces($"for (nint turn = 0; turn < {groups}; turn++)"))
            {
                code.Line($"nint group = ((now & 1) == 0 ? turn : {groups - 1} - turn) * {side};");
                this.EmitReferences(code, "group", width, "start");
                code.Line(this.RowTile.Call(this.CallAt("0", width)) + ";");
            }

            if (this.FullPanels % this.Group > 0)
            {
                this.EmitWholePanels(code, Literal.Of(groups * side), last, "start", Isa.Avx512);
            }

            return;
        }

        code.Line($"nint group = {first};");
        using (code.Braces($"for (; group + {side} <= {last}; group += {side})"))
        {
            this.EmitReferences(code, "group", width, "start");
            code.Line(this.RowTile.Call(this.CallAt("0", width)) + ";");
        }

        if (first != "0" || this.FullPanels % this.Group > 0)
        {
            this.EmitWholePanels(code, "group", last, "start", Isa.Avx512);
        }
    }

    /// <summary>The whole panels between two columns.</summary>
    private void EmitWholePanels(CodeWriter code, string first, string last, string? row, params Isa[] isas)
    {
        int width = PanelLayout.Width;
        using (code.Braces($"for (nint panel = {first}; panel < {last}; panel += {width})"))
        {
            this.EmitRows(code, this.Whole, "panel", width, row, isas);
        }
    }

    /// <summary>The last panel, where columns are left over.</summary>
    private void EmitLastPanel(CodeWriter code, string? row, params Isa[] isas)
    {
        if (this.Tail is { } tail)
        {
            using (code.Braces())
            {
                this.EmitRows(code, tail, Literal.Of(this.FullPanels * PanelLayout.Width), this.LastPanel!.Value.Width, row, isas);
            }
        }
    }

    /// <summary>
    /// Rows by the largest tile that fits; where rows are left over, the last tile is moved back and computes a few rows again, which gives the same bits.
    /// The columns of a panel follow each other within the rows, so that the panel stays in the cache.
    /// </summary>
    private void EmitRows(CodeWriter code, TileSet tiles, string panel, int width, string? row, Isa[] isas)
    {
        if (row is not null)
        {
            this.EmitReferences(code, panel, width, row);
            (tiles with { Heights = _ => [1] }).Emit(code, c => this.CallAt(c, width), isas);
            return;
        }

        using (code.Braces("for (nint row = start; row < rows; row += size)"))
        {
            code.Line("nint at = Math.Min(row, rows - size);");
            this.EmitReferences(code, panel, width, "at");
            tiles.Emit(code, c => this.CallAt(c, width), isas);
        }
    }

    /// <summary>References to what a tile at a row and a panel touches. A panel begins where all columns before it end.</summary>
    private void EmitReferences(CodeWriter code, string panel, int width, string row)
    {
        code.Line($"ref float aAt = ref Unsafe.Add(ref a, {row}{(this.TransposeA ? "" : " * " + this.KText)});");
        code.Line($"ref float bAt = ref Unsafe.Add(ref b, {(this.PanelsB ? $"{panel} * {this.KText}" : panel)});");
        if (this.Epilogue != Epilogue.None)
        {
            code.Line($"nint place = ({row} * N) + {panel}, column = {panel};");
        }

        code.Line($"ref float yAt = ref Unsafe.Add(ref y, {(this.PanelsY ? $"({panel} * {this.MText}) + ({row} * {width})" : $"({row} * N) + {panel}")});");
    }

    private TileCall CallAt(string column, int width)
    {
        string At(string name) => column == "0" ? name + "At" : $"Unsafe.Add(ref {name}At, {column})";
        return new TileCall("aAt", At("b"), At("y"))
        {
            Place = TileSet.Plus("place", column),
            Column = TileSet.Plus("column", column),
            K = this.KText,
            StrideA = this.KText,
            StepA = this.MText,
            StepB = this.PanelsB ? Literal.Of(width) : "N",
            PanelB = this.PanelsB ? $"{PanelLayout.Width} * {this.KText}" : Literal.Of(PanelLayout.Width),
            PanelY = this.PanelsY ? $"{PanelLayout.Width} * {this.MText}" : Literal.Of(PanelLayout.Width),
            StrideY = this.PanelsY ? Literal.Of(width) : "N",
            StrideE = "N",
        };
    }
}
