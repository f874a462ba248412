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
internal sealed record MatMulKernel(Dim M, Dim K, int N, bool TransposeA, bool PanelsB, bool PanelsY, Epilogue Epilogue) : Kernel
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
            this.EmitConstants(code);
            if (this.M.IsConstant)
            {
                code.Line($"nint rows = Math.Min(end * {RowBlock}, {Literal.Of(this.M.Constant)});");
                code.Line($"start *= {RowBlock};");
            }
            else
            {
                code.Line("nint rows = end;");
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
            foreach (int rows in Tiles[isa].Rows)
            {
                if (full > 0)
                {
                    this.EmitTile(code, options, isa, rows, PanelLayout.Width, lanes, lanes);
                    if (rows == 1 && full >= GroupOf(isa, full) && GroupOf(isa, full) > 1)
                    {
                        this.EmitRow(code, options, isa, GroupOf(isa, full));
                    }
                }

                if (tail is { } last)
                {
                    foreach (int valid in ValidLanes(last, lanes).Distinct())
                    {
                        this.EmitTile(code, options, isa, rows, last.Width, Math.Min(lanes, last.Width), valid);
                    }
                }
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

    /// <summary>How many panels a single row takes at once: with one row, only more columns give enough independent chains.</summary>
    private static int GroupOf(Isa isa, int full) => isa == Isa.Avx512 ? Math.Min(4, full) : 1;

    private void EmitConstants(CodeWriter code)
    {
        string k = this.K.IsConstant ? $", K = {Literal.Of(this.K.Constant)}" : "";
        string m = this.M.IsConstant ? $", M = {Literal.Of(this.M.Constant)}" : "";
        code.Line($"const int N = {this.N}{k}{m};");
    }

    private string TileName(Isa isa, int rows, int width, int valid) =>
        FormattableString.Invariant($"{this.Name}_Tile{rows}x{valid}of{width}_{isa.Suffix}");

    private string KText => this.K.IsConstant ? "K" : $"({Literal.Size(this.K)})";

    /// <summary>Floats between the rows of A that belong to neighbouring rows of Y, and between neighbouring k.</summary>
    private (string Row, string Inner) StrideA => this.TransposeA ? ("1", Literal.Size(this.M)) : (Literal.Size(this.K), "1");

    private void EmitLoops(CodeWriter code, Isa isa, int full, (int Column, int Width, int Valid)? tail)
    {
        int lanes = Tiles[isa].Vectors * isa.Width;
        int group = GroupOf(isa, full);
        if (group > 1)
        {
            using (code.Braces("if (rows - start == 1)"))
            {
                // One row: stream the panels side by side.
                code.Line($"ref float a1 = ref Unsafe.Add(ref a, start * {this.StrideA.Row});");
                int done = full / group * group;
                using (code.Braces($"for (nint panel = 0; panel < {done}; panel += {group})"))
                {
                    this.EmitCall(code, $"{this.Name}_Row{group}_{isa.Suffix}", "a1", "panel", "0", "start", PanelLayout.Width);
                }

                for (int panel = done; panel < full; panel++)
                {
                    this.EmitPanel(code, isa, "a1", Literal.Of(panel), "start", 1, PanelLayout.Width, lanes, PanelLayout.Width);
                }

                if (tail is { } last)
                {
                    this.EmitPanel(code, isa, "a1", Literal.Of(full), "start", 1, last.Width, lanes, last.Valid);
                }

                code.Line("return;");
            }
        }

        if (full > 0)
        {
            using (code.Braces($"for (nint panel = 0; panel < {full}; panel++)"))
            {
                this.EmitRowLoops(code, isa, "panel", PanelLayout.Width, lanes, PanelLayout.Width);
            }
        }

        if (tail is { } rest)
        {
            this.EmitRowLoops(code, isa, Literal.Of(full), rest.Width, lanes, rest.Valid);
        }
    }

    /// <summary>
    /// The largest tile that fits; where rows are left over, the last tile is moved back and computes a few rows again, which gives the same bits.
    /// </summary>
    private void EmitRowLoops(CodeWriter code, Isa isa, string panel, int width, int lanes, int valid)
    {
        int[] sizes = Tiles[isa].Rows;
        for (int i = 0; i < sizes.Length; i++)
        {
            int rows = sizes[i];
            string condition = rows == 1 ? "else" : $"{(i > 0 ? "else " : "")}if (rows - start >= {rows})";
            using (code.Braces(condition))
            using (code.Braces($"for (nint row = start; row < rows; row += {rows})"))
            {
                code.Line(rows == 1 ? "nint at = row;" : $"nint at = Math.Min(row, rows - {rows});");
                code.Line($"ref float aRow = ref Unsafe.Add(ref a, at * {this.StrideA.Row});");
                this.EmitPanel(code, isa, "aRow", panel, "at", rows, width, lanes, valid);
            }
        }
    }

    /// <summary>The calls of the tiles that cover one panel for a few rows.</summary>
    private void EmitPanel(CodeWriter code, Isa isa, string a, string panel, string row, int rows, int width, int lanes, int valid)
    {
        for (int column = 0; column < valid; column += lanes)
        {
            int here = Math.Min(lanes, valid - column);
            this.EmitCall(code, this.TileName(isa, rows, width, here), a, panel, Literal.Of(column), row, width);
        }
    }

    private void EmitCall(CodeWriter code, string method, string a, string panel, string column, string row, int width)
    {
        string at = panel == "0" ? column : $"({panel} * {PanelLayout.Width}) + {column}";
        string inPanels(string k) => $"({panel} * {PanelLayout.Width} * {k}) + {column}";
        List<string> arguments =
        [
            "ref " + a,
            $"ref Unsafe.Add(ref b, {(this.PanelsB ? inPanels(this.KText) : at)})",
        ];
        for (int i = 0; i < this.Epilogue.Operands.Count; i++)
        {
            string index = this.Epilogue.Operands[i] == EpilogueOperand.Row ? at : $"({row} * N) + {at}";
            arguments.Add($"ref Unsafe.Add(ref e{i + 1}, {index})");
        }

        arguments.Add($"ref Unsafe.Add(ref y, {(this.PanelsY ? inPanels(Literal.Size(this.M)) + $" + ({row} * {width})" : $"({row} * N) + {at}")})");
        arguments.AddRange(this.Sizes);
        code.Line($"{method}({string.Join(", ", arguments)});");
    }

    private void EmitTileHead(CodeWriter code, EmitOptions options, string name, out CodeWriter.Block block)
    {
        code.Line();
        options.Optimize(code);
        IEnumerable<string> operands = this.Operands.Select(o => "ref float " + o.Name).Concat(this.Sizes.Select(s => "nint " + s));
        block = code.Braces($"private static void {name}({string.Join(", ", operands)})");
        this.EmitConstants(code);
    }

    private void EmitTile(CodeWriter code, EmitOptions options, Isa isa, int rows, int width, int lanes, int valid)
    {
        int vectors = (Math.Min(lanes, valid) + isa.Width - 1) / isa.Width;
        int stepB = this.PanelsB ? width : this.N;
        this.EmitTileHead(code, options, this.TileName(isa, rows, width, valid), out CodeWriter.Block block);
        using (block)
        {
            this.EmitAccumulation(code, isa, rows, vectors, j => Literal.Of(j * isa.Width), Literal.Of(stepB), valid);
            this.EmitRowOperands(code, isa, vectors);
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < vectors; j++)
                {
                    int lanesHere = Math.Min(isa.Width, valid - (j * isa.Width));
                    string at = i == 0 ? Literal.Of(j * isa.Width) : $"({i} * N) + {j * isa.Width}";
                    string y = this.PanelsY ? Literal.Of((i * width) + (j * isa.Width)) : at;
                    string result = this.EmitEpilogue(code, isa, $"c{i}_{j}", $"t{i}_{j}_", j, at);
                    bool whole = lanesHere == isa.Width || this.PanelsY;
                    code.Line(whole ? isa.Store(result, "y", y) : isa.StoreTail(result, $"Unsafe.Add(ref y, {y})", Literal.Of(lanesHere)));
                }
            }
        }
    }

    /// <summary>One row by several whole panels.</summary>
    private void EmitRow(CodeWriter code, EmitOptions options, Isa isa, int group)
    {
        int perPanel = PanelLayout.Width / isa.Width;
        int vectors = group * perPanel;
        this.EmitTileHead(code, options, $"{this.Name}_Row{group}_{isa.Suffix}", out CodeWriter.Block block);
        using (block)
        {
            string At(int j) => this.PanelsB
                ? $"({j / perPanel} * {PanelLayout.Width} * {this.KText}) + {j % perPanel * isa.Width}"
                : Literal.Of(j * isa.Width);
            this.EmitAccumulation(code, isa, 1, vectors, At, this.PanelsB ? Literal.Of(PanelLayout.Width) : "N", vectors * isa.Width);
            this.EmitRowOperands(code, isa, vectors);
            for (int j = 0; j < vectors; j++)
            {
                string at = Literal.Of(j * isa.Width);
                string y = this.PanelsY ? $"({j / perPanel} * {PanelLayout.Width} * {Literal.Size(this.M)}) + {j % perPanel * isa.Width}" : at;
                code.Line(isa.Store(this.EmitEpilogue(code, isa, $"c0_{j}", $"t0_{j}_", j, at), "y", y));
            }
        }
    }

    private void EmitAccumulation(CodeWriter code, Isa isa, int rows, int vectors, Func<int, string> columnB, string stepB, int valid)
    {
        for (int i = 0; i < rows; i++)
        {
            code.Line($"{isa.Type} {string.Join(", ", Enumerable.Range(0, vectors).Select(j => $"c{i}_{j} = {isa.Zero}"))};");
        }

        // Rows of B run on into the next row behind their last column: those lanes must stay out of a gradient's zero lanes.
        int lastLanes = valid - ((vectors - 1) * isa.Width);
        bool masked = !this.PanelsB && this.PanelsY && lastLanes < isa.Width;
        if (masked)
        {
            code.Line($"{isa.Type} mask = LaneMask.First{isa.Suffix}({lastLanes});");
        }

        using (code.Braces($"for (nint i = 0; i < {this.KText}; i++)"))
        {
            for (int j = 0; j < vectors; j++)
            {
                code.Line($"{isa.Type} b{j} = {isa.Load("b", columnB(j))}{(masked && j == vectors - 1 ? " & mask" : "")};");
            }

            for (int i = 0; i < rows; i++)
            {
                string offset = i == 0 ? "a" : $"Unsafe.Add(ref a, {(this.TransposeA ? Literal.Of(i) : i == 1 ? Literal.Size(this.K) : $"{i} * {Literal.Size(this.K)}")})";
                code.Line($"{isa.Type} a{i} = {isa.Create(offset)};");
                for (int j = 0; j < vectors; j++)
                {
                    code.Line($"c{i}_{j} = {isa.MultiplyAdd}(a{i}, b{j}, c{i}_{j});");
                }
            }

            code.Line($"a = ref Unsafe.Add(ref a, {this.StrideA.Inner});");
            code.Line($"b = ref Unsafe.Add(ref b, {stepB});");
        }
    }

    /// <summary>Loads the operands that are the same for every row of a tile.</summary>
    private void EmitRowOperands(CodeWriter code, Isa isa, int vectors)
    {
        for (int i = 0; i < this.Epilogue.Operands.Count; i++)
        {
            for (int j = 0; this.Epilogue.Operands[i] == EpilogueOperand.Row && j < vectors; j++)
            {
                code.Line($"{isa.Type} e{i + 1}_{j} = {isa.Load($"e{i + 1}", Literal.Of(j * isa.Width))};");
            }
        }
    }

    private string EmitEpilogue(CodeWriter code, Isa isa, string product, string prefix, int vector, string at)
    {
        if (this.Epilogue == Epilogue.None)
        {
            return product;
        }

        string Input(int i) => i == 0 ? product
            : this.Epilogue.Operands[i - 1] == EpilogueOperand.Row ? $"e{i}_{vector}"
            : isa.Load($"e{i}", at);
        return ExprEmitter.Emit(code, isa, [this.Epilogue.Body], Input, null, prefix)[0];
    }
}
