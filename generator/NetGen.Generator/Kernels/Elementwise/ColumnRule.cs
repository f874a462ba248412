namespace NetGen.Generator;

/// <summary>
/// Lowers maps of several results, or of columns of matrices, row by row. Slices that only such maps read, and concatenations of what one such map makes, are
/// places in the matrices: nothing is copied.
/// </summary>
internal static class ColumnRule
{
    /// <summary>Marks the slices and concatenations that are places in matrices.</summary>
    public static void Absorb(Lowering lowering, IReadOnlyList<Node> nodes)
    {
        HashSet<Node> maps = [.. nodes.Where(Takes)];
        Dictionary<Value, int> reads = maps.SelectMany(m => m.Inputs.Where(i => IsPart(i, m))).GroupBy(i => i).ToDictionary(g => g.Key, g => g.Count());
        foreach (Node node in nodes.Where(SplitColumns.IsColumns))
        {
            if (reads.TryGetValue(node.Output, out int count) && count == lowering.Uses(node.Output))
            {
                lowering.Absorbed.Add(node);
            }
        }

        foreach (Node node in nodes.Where(n => n.Op is Concat { Axis: 1 } && n.Output.Shape.Rank == 2 && n.Inputs[0].Producer is { } map && maps.Contains(map) && n.Inputs.All(i => i.Producer == map)))
        {
            lowering.Absorbed.Add(node);
        }
    }

    public static bool Lower(Lowering lowering, Node node)
    {
        if (!Takes(node))
        {
            return false;
        }

        Shape shape = node.Output.Shape;
        int units = checked((int)shape.Last.Constant);
        List<(Buffer Buffer, ColumnArray Array)> inputs = [], outputs = [];
        List<ColumnPlace> sources = [], results = [];
        List<Expr> bodies = [];
        foreach (Value input in node.Inputs)
        {
            bool isColumns = input.Producer is { } producer && SplitColumns.IsColumns(producer) && lowering.Absorbed.Contains(producer);
            Value source = isColumns ? input.Producer!.Inputs[0] : input;
            long first = isColumns ? ((Slice)input.Producer!.Op).Start.Constant : 0;
            ColumnArray array = new(KindOf(source.Shape, shape), checked((int)(source.Shape.Rank == 0 ? 1 : source.Shape.Last.Constant / units)));
            sources.Add(new ColumnPlace(Index(inputs, lowering.Read(source), array), checked((int)(first / units))));
        }

        EquatableArray<Expr> body = ((Map)node.Op).Body;
        for (int i = 0; i < body.Count; i++)
        {
            Value output = node.Outputs[i];
            int places = 0;
            foreach (Node concat in lowering.Absorbed.Where(n => n.Op is Concat && n.Inputs.Contains(output)).OrderBy(n => n.Output.Id))
            {
                for (int k = 0; k < concat.Inputs.Count; k++)
                {
                    if (concat.Inputs[k] == output)
                    {
                        places++;
                        Buffer to = lowering.IsWritten(concat.Output) ? lowering.Read(concat.Output) : lowering.Write(concat.Output);
                        Give(to, concat.Inputs.Count, k, body[i]);
                    }
                }
            }

            if (lowering.Uses(output) > places)
            {
                Give(lowering.Write(output), 1, 0, body[i]);
            }
        }

        ColumnMapKernel kernel = new(
            shape[0], units, inputs.Select(i => i.Array).ToEquatableArray(), sources.ToEquatableArray(), outputs.Select(o => o.Array.Width).ToEquatableArray(), results.ToEquatableArray(), bodies.ToEquatableArray());
        lowering.Add(kernel, [.. inputs.Select(i => i.Buffer), .. outputs.Select(o => o.Buffer)]);
        return true;

        void Give(Buffer to, int width, int offset, Expr result)
        {
            results.Add(new ColumnPlace(Index(outputs, to, new ColumnArray(ColumnKind.Matrix, width)), offset));
            bodies.Add(result);
        }

        static int Index(List<(Buffer Buffer, ColumnArray Array)> arrays, Buffer buffer, ColumnArray array)
        {
            int at = arrays.IndexOf((buffer, array));
            if (at < 0)
            {
                at = arrays.Count;
                arrays.Add((buffer, array));
            }

            return at;
        }
    }

    /// <summary>Whether an operand can be read beside the rows of a map.</summary>
    public static bool Fits(Shape operand, Shape map) =>
        operand.Count == 1 || (operand.Rank == 1 && operand[0] == map.Last) || (operand.Rank == 2 && (operand[0] == map[0] || operand[0] == 1) && (operand[1] == map[1] || operand[1] == 1));

    /// <summary>Whether a map reads columns or has several results.</summary>
    public static bool Takes(Node node) =>
        node.Op is Map map && node.Output.Shape.Rank == 2 && node.Output.Shape.Last.IsConstant && !map.Body.Any(b => b.Subexpressions().Any(e => e is UniformExpr))
        && node.Inputs.All(i => Fits(i.Shape, node.Output.Shape))
        && (map.Body.Count > 1 || node.Inputs.Any(i => IsPart(i, node)));

    /// <summary>Whether an operand is one of equal parts of the columns of a matrix, as wide as a map. A narrower one, which the map repeats, is no place in its rows.</summary>
    private static bool IsPart(Value operand, Node map) =>
        operand.Producer is { Op: Slice op, Inputs: [var whole] } slice && SplitColumns.IsColumns(slice) && op.Size == map.Output.Shape.Last
        && whole.Shape.Last.IsConstant && op.Start.Constant % op.Size.Constant == 0 && whole.Shape.Last.Constant % op.Size.Constant == 0;

    private static ColumnKind KindOf(Shape operand, Shape map) =>
        operand.Count == 1 ? ColumnKind.Scalar
        : operand.Rank == 1 || operand[0] != map[0] ? ColumnKind.Row
        : operand[1] == 1 && map[1] != 1 ? ColumnKind.Column
        : ColumnKind.Matrix;
}
