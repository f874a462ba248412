using System.Globalization;

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
internal sealed partial record MatMulKernel(Dim M, Dim K, int N, bool TransposeA, bool PanelsB, bool PanelsY, Epilogue Epilogue) : Kernel
{
    /// <summary>Rows by vectors of the tiles of each path, the largest first: accumulators, operands and a broadcast fit the registers (32, 16, 16).</summary>
    private static readonly Dictionary<Isa, (int[] Rows, int Vectors)> Tiles = new()
    {
        [Isa.Avx512] = ([8, 4, 1], 2),
        [Isa.Avx2] = ([6, 1], 2),
        [Isa.Portable] = ([4, 1], 2),
    };

    /// <summary>Rows that a thread's share is a multiple of, where the number of rows is a constant.</summary>
    private const int RowBlock = 8;

    public override string Name =>
        FormattableString.Invariant($"MatMul_{Part(this.M)}x{Part(this.K)}x{this.N}{(this.TransposeA ? "_TransA" : "")}{(this.PanelsB ? "" : "_Rows")}{(this.PanelsY ? "_ToPanels" : "")}{EpilogueNames.Of(this.Epilogue)}");

    public override string Summary =>
        $"Y ({this.M},{this.N}) = {(this.Epilogue == Epilogue.None ? "x0" : this.Epilogue.Body)} of {(this.TransposeA ? "transposed A" : "A")} · B, inner size {this.K}; " +
        $"tiles of 8x2, 6x2, 4x2 vectors; B in {(this.PanelsB ? "panels of 32 columns" : "rows")}.";

    public override IReadOnlyList<KernelOperand> Operands
    {
        get
        {
            List<KernelOperand> operands =
            [
                new("a", this.TransposeA || this.M.IsConstant ? Access.ReadAll : Access.ReadOwn),
                new("b", Access.ReadAll),
            ];
            for (int i = 0; i < this.Epilogue.Operands.Count; i++)
            {
                operands.Add(new("e" + Literal.Of(i + 1), this.Epilogue.Operands[i] == EpilogueOperand.Row || this.M.IsConstant ? Access.ReadAll : Access.ReadOwn));
            }

            operands.Add(new("y", this.PanelsY || this.M.IsConstant ? Access.WriteScattered : Access.WriteOwn));
            return operands;
        }
    }

    public override IReadOnlyList<string> Sizes => SizeNames.Of([this.M, this.K]);

    public override Dim? Units => this.M.IsConstant ? (this.M.Constant + RowBlock - 1) / RowBlock : this.M;

    public override Dim Work => this.M * this.K * this.N;

    private static string Part(Dim dim) => dim.IsConstant ? Literal.Of(dim.Constant) : new string([.. dim.ToString().Where(char.IsLetterOrDigit)]);

    public override void Emit(CodeWriter code, EmitOptions options)
    {
        IReadOnlyList<(int Column, int Width, int Valid)> panels = PanelLayout.Panels(this.N);
        int full = panels.Count(p => p.Valid == PanelLayout.Width);
        (int Column, int Width, int Valid)? tail = full < panels.Count ? panels[panels.Count - 1] : null;
        using (this.Entry(code, optimize: true, options))
        {
            code.Line(this.Constants);
            code.Line(this.M.IsConstant ? $"nint rows = Math.Min(end * {RowBlock}, {Literal.Of(this.M.Constant)});" : "nint rows = end;");
            if (this.M.IsConstant)
            {
                code.Line($"start *= {RowBlock};");
            }

            for (int i = 0; i < Isa.All.Length; i++)
            {
                Isa isa = Isa.All[i];
                string head = i == Isa.All.Length - 1 ? "else" : $"{(i > 0 ? "else " : "")}if ({isa.Vector}.IsHardwareAccelerated)";
                using (code.Braces(head))
                {
                    this.EmitLoops(code, isa, full, tail);
                }
            }
        }

        foreach (Isa isa in Isa.All)
        {
            int lanes = Tiles[isa].Vectors * isa.Width;
            IEnumerable<(int Width, int Valid)> blocks =
            [
                .. full > 0 ? [(PanelLayout.Width, lanes)] : Array.Empty<(int, int)>(),
                .. tail is { } last ? ValidLanes(last, lanes).Select(valid => (last.Width, valid)) : [],
            ];
            foreach (int rows in this.RowsOf(isa))
            {
                foreach ((int width, int valid) in blocks.Distinct())
                {
                    this.EmitTile(code, options, isa, rows, width, valid);
                }
            }

            if (this.GroupOf(isa, full) > 1)
            {
                this.EmitRow(code, options, isa, this.GroupOf(isa, full));
            }
        }
    }

    /// <summary>Valid columns of each block of lanes in the last panel.</summary>
    private static IEnumerable<int> ValidLanes((int Column, int Width, int Valid) panel, int lanes)
    {
        for (int column = 0; column < panel.Valid; column += lanes)
        {
            yield return Math.Min(lanes, panel.Valid - column);
        }
    }

    /// <summary>The tiles that some share of the rows needs: a share of a constant number of rows is whole blocks, but for what the last one has left over.</summary>
    private int[] RowsOf(Isa isa)
    {
        int[] all = Tiles[isa].Rows;
        if (!this.M.IsConstant)
        {
            return all;
        }

        long rest = this.M.Constant % RowBlock;
        IEnumerable<long> shares = [.. this.M.Constant >= RowBlock ? [RowBlock] : Array.Empty<long>(), .. rest > 0 ? [rest] : Array.Empty<long>()];
        HashSet<int> needed = [.. shares.Select(s => all.First(t => t <= s))];
        return [.. all.Where(needed.Contains)];
    }

    /// <summary>How many panels a single row takes at once: with one row, only more columns give enough independent chains. 1 where no share is one row.</summary>
    private int GroupOf(Isa isa, int full) => isa == Isa.Avx512 && (!this.M.IsConstant || this.M == 1) ? Math.Max(1, Math.Min(4, full)) : 1;

    private string Constants =>
        $"const int N = {this.N}{(this.K.IsConstant ? $", K = {Literal.Of(this.K.Constant)}" : "")}{(this.M.IsConstant ? $", M = {Literal.Of(this.M.Constant)}" : "")};";

    private string TileName(Isa isa, int rows, int width, int valid) =>
        FormattableString.Invariant($"{this.Name}_Tile{rows}x{valid}of{width}_{isa.Suffix}");

    private string KText => this.K.IsConstant ? "K" : $"({Literal.Size(this.K)})";

    private string MText => this.M.IsConstant ? "M" : $"({Literal.Size(this.M)})";

    /// <summary>Floats between the rows of A that belong to neighbouring rows of Y, and between neighbouring k.</summary>
    private (string Row, string Inner) StrideA => this.TransposeA ? ("1", this.MText) : (this.KText, "1");

    private void EmitLoops(CodeWriter code, Isa isa, int full, (int Column, int Width, int Valid)? tail)
    {
        int lanes = Tiles[isa].Vectors * isa.Width;
        int group = this.GroupOf(isa, full);
        int done = group > 1 ? full / group * group : 0;
        if (group > 1)
        {
            using (code.Braces("if (rows - start == 1)"))
            {
                // One row: stream the panels side by side.
                using (code.Braces($"for (nint column = 0; column < {done * PanelLayout.Width}; column += {group * PanelLayout.Width})"))
                {
                    this.EmitCall(code, isa, [($"{this.Name}_Row{group}_{isa.Suffix}", null)], "start", PanelLayout.Width);
                }

                this.EmitColumns(code, isa, done, full, tail, lanes, [1], "start");
                code.Line("return;");
            }
        }

        int[] sizes = this.RowsOf(isa);
        code.Line($"nint size = {string.Concat(sizes.Take(sizes.Length - 1).Select(s => $"rows - start >= {s} ? {s} : "))}{sizes[sizes.Length - 1]};");
        this.EmitColumns(code, isa, 0, full, tail, lanes, sizes, null);
    }

    /// <summary>The whole panels from one on, then the last one.</summary>
    private void EmitColumns(CodeWriter code, Isa isa, int first, int full, (int Column, int Width, int Valid)? tail, int lanes, int[] sizes, string? row)
    {
        if (first < full)
        {
            this.EmitRows(code, isa, first * PanelLayout.Width, full * PanelLayout.Width, PanelLayout.Width, lanes, lanes, sizes, row);
        }

        if (tail is { } last)
        {
            int whole = last.Valid / lanes * lanes;
            if (whole > 0)
            {
                this.EmitRows(code, isa, last.Column, last.Column + whole, last.Width, lanes, lanes, sizes, row);
            }

            if (whole < last.Valid)
            {
                this.EmitRows(code, isa, last.Column + whole, last.Column + last.Valid, last.Width, lanes, last.Valid - whole, sizes, row);
            }
        }
    }

    /// <summary>
    /// Rows by the largest tile that fits; where rows are left over, the last tile is moved back and computes a few rows again, which gives the same bits.
    /// The columns of a panel follow each other within the rows, so that the panel stays in the cache.
    /// </summary>
    private void EmitRows(CodeWriter code, Isa isa, int column, int stop, int width, int lanes, int valid, int[] sizes, string? row)
    {
        List<CodeWriter.Block> blocks = [];
        int panels = (stop - column + width - 1) / width;
        string start = Literal.Of(column), end = Literal.Of(stop);
        if (panels > 1)
        {
            blocks.Add(code.Braces($"for (nint panel = {start}; panel < {end}; panel += {width})"));
            (start, end) = ("panel", $"panel + {width}");
        }

        if (row is null)
        {
            blocks.Add(code.Braces("for (nint row = start; row < rows; row += size)"));
            code.Line("nint at = Math.Min(row, rows - size);");
        }

        if (Math.Min(width, stop - column) > lanes)
        {
            blocks.Add(code.Braces($"for (nint column = {start}; column < {end}; column += {lanes})"));
        }
        else
        {
            blocks.Add(code.Braces());
            code.Line(panels > 1 ? "nint column = panel;" : $"nint column = {start};");
        }

        this.EmitCall(code, isa, [.. sizes.Select(s => (this.TileName(isa, s, width, valid), s == sizes[sizes.Length - 1] ? null : $"size == {s}"))], row ?? "at", width);
        blocks.Reverse();
        blocks.ForEach(b => b.Dispose());
    }

    /// <summary>The references at a row and a column, and the call of the tile whose condition holds.</summary>
    private void EmitCall(CodeWriter code, Isa isa, (string Name, string? Condition)[] tiles, string row, int width)
    {
        // A panel begins where all columns before it end, so that within one the columns are counted from its start.
        string InPanels(string k) => width == PanelLayout.Width
            ? $"((column & ~{PanelLayout.Width - 1}) * {k}) + (column & {PanelLayout.Width - 1})"
            : $"({this.N / PanelLayout.Width * PanelLayout.Width} * {k}) + column - {this.N / PanelLayout.Width * PanelLayout.Width}";
        List<string> arguments = ["ref aAt", "ref bAt"];
        code.Line($"ref float aAt = ref Unsafe.Add(ref a, {row}{(this.TransposeA ? "" : " * " + this.KText)});");
        code.Line($"ref float bAt = ref Unsafe.Add(ref b, {(this.PanelsB ? InPanels(this.KText) : "column")});");
        for (int i = 1; i <= this.Epilogue.Operands.Count; i++)
        {
            code.Line($"ref float e{i}At = ref Unsafe.Add(ref e{i}, {(this.Epilogue.Operands[i - 1] == EpilogueOperand.Row ? "column" : $"({row} * N) + column")});");
            arguments.Add($"ref e{i}At");
        }

        code.Line($"ref float yAt = ref Unsafe.Add(ref y, {(this.PanelsY ? $"{InPanels(this.MText)} + ({row} * {width})" : $"({row} * N) + column")});");
        string text = string.Join(", ", arguments.Append("ref yAt").Concat(this.TileSizes));
        for (int i = 0; i < tiles.Length; i++)
        {
            string condition = tiles[i].Condition is { } c ? $"{(i > 0 ? "else " : "")}if ({c}) " : i > 0 ? "else " : "";
            code.Line($"{condition}{tiles[i].Name}({text});");
        }
    }
}
