namespace NetGen.Generator;

/// <summary>The register tiles that one kernel calls over a block of columns, on each path: which heights there are, and how the columns are cut.</summary>
/// <param name="Heights">Rows of the tiles of a path, the largest first. The local <c>size</c> says which one is called.</param>
/// <param name="Blocks">Columns of a block as a path takes them: where they begin, and how many.</param>
/// <param name="Tile">The tile of a path, a height and a number of columns.</param>
internal sealed record TileSet(Func<Isa, int[]> Heights, Func<Isa, IReadOnlyList<(int Column, int Lanes)>> Blocks, Func<Isa, int, int, RegisterTile> Tile)
{
    /// <summary>Vectors of a row of a tile.</summary>
    public const int Vectors = 2;

    /// <summary>The columns of one panel, cut for a path.</summary>
    public static IReadOnlyList<(int Column, int Lanes)> Cut(Isa isa, int columns)
    {
        int lanes = Vectors * isa.Width;
        return [.. Enumerable.Range(0, (columns + lanes - 1) / lanes).Select(i => (i * lanes, Math.Min(lanes, columns - (i * lanes))))];
    }

    public IEnumerable<RegisterTile> All => Isa.All.SelectMany(isa => this.Heights(isa).SelectMany(rows => this.Blocks(isa).Select(b => this.Tile(isa, rows, b.Lanes)))).Distinct();

    /// <summary>Writes the calls: for each path the tile of the present height, block of columns by block.</summary>
    /// <param name="code">Where to.</param>
    /// <param name="call">What is passed, given the C# of the first column's place.</param>
    /// <param name="isas">The paths.</param>
    public void Emit(CodeWriter code, Func<string, TileCall> call, params Isa[] isas)
    {
        for (int i = 0; i < isas.Length; i++)
        {
            Isa isa = isas[i];
            using (isas.Length == 1 ? code.Braces() : code.Braces(Head(i, isas.Length, isa)))
            {
                EachBlock(code, this.Blocks(isa), (column, lanes) => this.EmitCalls(code, isa, lanes, call(column)));
            }
        }
    }

    /// <summary>Writes what runs on each block of columns, given the C# of its first column and how many there are: a loop over equal ones, then the last.</summary>
    public static void EachBlock(CodeWriter code, IReadOnlyList<(int Column, int Lanes)> blocks, Action<string, int> emit)
    {
        int whole = blocks.TakeWhile(b => b.Lanes == blocks[0].Lanes).Count();
        if (whole > 1)
        {
            using (code.Braces($"for (nint c = 0; c < {whole * blocks[0].Lanes}; c += {blocks[0].Lanes})"))
            {
                emit("c", blocks[0].Lanes);
            }
        }

        foreach ((int column, int lanes) in blocks.Skip(whole > 1 ? whole : 0))
        {
            emit(Literal.Of(column), lanes);
        }
    }

    /// <summary>The C# of what lies some columns behind a reference.</summary>
    public static string At(string reference, string column) => column == "0" ? reference : $"Unsafe.Add(ref {reference}, {column})";

    /// <summary>The C# of a sum.</summary>
    public static string Plus(string place, string column) => column == "0" ? place : $"{place} + {column}";

    /// <summary>Writes what runs on the panel of the local <c>column</c>, given a panel's stored width and valid columns: once for whole panels, once for a narrower last one.</summary>
    public static void EmitForPanel(CodeWriter code, int columns, Action<int, int> emit)
    {
        (int column, int width, int valid) = PanelLayout.Panels(columns).Last();
        EmitForPanel(code, $"column < {column}", columns >= PanelLayout.Width, valid == PanelLayout.Width ? default : (width, valid), emit);
    }

    /// <summary>The same where the code serves several numbers of columns: whether there are whole panels, the condition of one, and a narrower last one, of 0 columns where there is none.</summary>
    public static void EmitForPanel(CodeWriter code, string isWhole, bool hasWholePanels, (int Width, int Valid) last, Action<int, int> emit)
    {
        if (!hasWholePanels || last.Valid == 0)
        {
            (int width, int valid) = hasWholePanels ? (PanelLayout.Width, PanelLayout.Width) : last;
            emit(width, valid);
            return;
        }

        using (code.Braces($"if ({isWhole})"))
        {
            emit(PanelLayout.Width, PanelLayout.Width);
        }

        using (code.Braces("else"))
        {
            emit(last.Width, last.Valid);
        }
    }

    /// <summary>The height that a path takes for what is left of the rows, as an expression.</summary>
    public static string Height(Func<Isa, int[]> heights, string rows)
    {
        string Of(Isa isa)
        {
            int[] all = heights(isa);
            string choice = string.Concat(all.Take(all.Length - 1).Select(s => $"{rows} >= {s} ? {s} : ")) + Literal.Of(all[all.Length - 1]);
            return all.Length > 1 ? $"({choice})" : choice;
        }

        return ByPath(Of);
    }

    /// <summary>A constant of each path, as an expression.</summary>
    public static string ByPath(Func<Isa, string> value) => $"{Isa.Avx512.Guard} ? {value(Isa.Avx512)} : {Isa.Avx2.Guard} ? {value(Isa.Avx2)} : {value(Isa.Portable)}";

    /// <summary>The head of a path's branch.</summary>
    public static string Head(int i, int count, Isa isa) => i == count - 1 ? "else" : $"{(i > 0 ? "else " : "")}if ({isa.Guard})";

    private void EmitCalls(CodeWriter code, Isa isa, int lanes, TileCall call)
    {
        int[] heights = this.Heights(isa);
        for (int i = 0; i < heights.Length; i++)
        {
            string condition = heights.Length == 1 ? "" : i == heights.Length - 1 ? "else " : $"{(i > 0 ? "else " : "")}if (size == {heights[i]}) ";
            code.Line($"{condition}{this.Tile(isa, heights[i], lanes).Call(call)};");
        }
    }
}
