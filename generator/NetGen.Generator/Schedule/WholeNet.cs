namespace NetGen.Generator;

/// <summary>One product of a small net, with what follows it up to the next.</summary>
/// <param name="Inputs">K.</param>
/// <param name="Outputs">N.</param>
/// <param name="Weights">The offset of the panels in what Prepare made.</param>
/// <param name="Body">From the product (input 0) to the activation.</param>
/// <param name="Rows">The offsets of the expression's other inputs, one number a column each.</param>
internal sealed record WholeNetLayer(int Inputs, int Outputs, long Weights, Expr Body, EquatableArray<long> Rows)
{
    /// <summary>One column: a scalar product, whose weights lie plain.</summary>
    public bool IsDot => this.Outputs == 1;
}

/// <summary>
/// A net so small that calls and loops would cost more than its arithmetic: a chain of products that runs in one method, sample by sample, with the activations
/// in registers.
/// </summary>
/// <param name="Layers">In order.</param>
/// <param name="Softmax">Whether it ends in a softmax.</param>
internal sealed record WholeNet(EquatableArray<WholeNetLayer> Layers, bool Softmax)
{
    /// <summary>Multiply-adds up to which the whole net is one method.</summary>
    private const long MostWork = 4096;

    /// <summary>Columns whose accumulators fit the registers of every path.</summary>
    private const int MostColumns = 64;

    /// <summary>The net as one method, or null where it is too large, no chain, or has several rows a sample.</summary>
    public static WholeNet? Of(ProgramSchedule inference)
    {
        List<WholeNetLayer> layers = [];
        Buffer? last = null;
        EquatableArray<Step> steps = inference.Lists[inference.Lists.Count - 1].Steps;
        bool softmax = false;
        foreach (Step step in steps)
        {
            if (softmax || step.Buffers.Count == 0)
            {
                return null;
            }

            switch (step.Kernel)
            {
                case MatMulKernel { TransposeA: false, PanelsB: true, PanelsY: false } product when product.M == Dim.Batch && Continues(step.Buffers[0]) && product.K.IsConstant && product.N <= MostColumns
                    && product.Epilogue.Operands.All(o => o == EpilogueOperand.Row):
                    Buffer[] rows = [.. step.Buffers.Skip(1).Take(step.Buffers.Count - 2)];
                    if (rows.Any(r => r.Region != Region.Prepared))
                    {
                        return null;
                    }

                    layers.Add(new WholeNetLayer((int)product.K.Constant, product.N, rows[0].Offset, product.Epilogue.Body, rows.Skip(1).Select(r => r.Offset).ToEquatableArray()));
                    break;
                case DotKernel dot when dot.M == Dim.Batch && Continues(step.Buffers[0]) && step.Buffers[1].Region == Region.Prepared:
                    layers.Add(new WholeNetLayer(dot.K, 1, step.Buffers[1].Offset, Expr.In(0), EquatableArray<long>.Empty));
                    break;
                case MapKernel { Body.Count: 1, UsesRandom: false } map when layers.Count > 0 && Append(layers[layers.Count - 1], map, step, last!) is { } longer:
                    layers[layers.Count - 1] = longer;
                    break;
                case SoftmaxKernel softmaxKernel when softmaxKernel.Rows == Dim.Batch && layers.Count > 0 && Continues(step.Buffers[0]):
                    softmax = true;
                    break;
                default:
                    return null;
            }

            last = step.Buffers[step.Buffers.Count - 1];
        }

        long work = layers.Sum(l => (long)l.Inputs * l.Outputs);
        return layers.Count > 0 && last!.Region == Region.Output && work <= MostWork ? new WholeNet(layers.ToEquatableArray(), softmax) : null;

        bool Continues(Buffer from) => last is null ? from.Region == Region.Input : ReferenceEquals(from, last);
    }

    private static WholeNetLayer? Append(WholeNetLayer layer, MapKernel map, Step step, Buffer last)
    {
        if (map.Output.Count != Dim.Batch * layer.Outputs)
        {
            return null;
        }

        List<long> rows = [.. layer.Rows];
        Expr[] inputs = new Expr[map.Inputs.Count];
        for (int i = 0; i < inputs.Length; i++)
        {
            Buffer from = step.Buffers[i];
            if (ReferenceEquals(from, last))
            {
                inputs[i] = layer.Body;
            }
            else if (from.Region == Region.Prepared && map.Inputs[i].Count == layer.Outputs && map.Inputs[i].Last == layer.Outputs)
            {
                rows.Add(from.Offset);
                inputs[i] = Expr.In(rows.Count);
            }
            else
            {
                return null;
            }
        }

        return layer with { Body = map.Body[0].Replace(i => inputs[i]), Rows = rows.ToEquatableArray() };
    }
}
