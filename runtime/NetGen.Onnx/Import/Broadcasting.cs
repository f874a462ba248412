using NetGen.Generator;

namespace NetGen.Onnx;

/// <summary>Brings tensors of different shapes to one order of axes, as NumPy's broadcasting aligns them in the model.</summary>
internal static class Broadcasting
{
    /// <summary>The tensors as taps whose axes lie alike.</summary>
    /// <returns>The taps' names, and for the result of an op over them where the model's axes lie.</returns>
    public static (IReadOnlyList<string> Taps, IReadOnlyList<int> Axes) Align(NodeContext c, IReadOnlyList<TensorValue> values)
    {
        int rank = values.Max(v => v.Rank);
        TensorValue[] operands = [.. values.Select(v => v is TapValue tap ? c.Writer.Straighten(Raise(tap, rank)) : v)];
        TapValue main = operands.OfType<TapValue>().MaxBy(t => t.Dims.Count(d => !d.IsOne)) ?? throw new ConversionException("it combines nothing that depends on the network's input.");
        int batch = main.BatchAxis;
        List<int> order = [.. main.Order];
        foreach (TensorValue operand in operands)
        {
            if (operand is TapValue tap && tap.BatchAxis != batch)
            {
                throw new BatchException("The operator combines different samples.");
            }

            int shift = rank - operand.Rank;
            if (operand is ConstantValue constant && batch >= shift && constant.Shape[batch - shift] != 1)
            {
                throw new BatchException($"A constant has a size of {constant.Shape[batch - shift]} along the batch.");
            }

            for (int a = shift; a < rank; a++)
            {
                if (!operand.Dims[a - shift].IsOne && !order.Contains(a))
                {
                    // Behind the nearest axis before it that is there, but never before the batch.
                    int before = Enumerable.Range(0, a).Reverse().FirstOrDefault(order.Contains, -1);
                    order.Insert(before < 0 ? (batch >= 0 ? 1 : 0) : order.IndexOf(before) + 1, a);
                }
            }
        }

        int front = batch >= 0 ? 0 : 1;
        int[] axes = [.. Enumerable.Range(0, rank).Select(a => order.IndexOf(a) is >= 0 and var at ? at + front : -1)];
        return ([.. operands.Select(o => o switch
        {
            TapValue tap => c.Writer.Arrange(tap, order).Name,
            ConstantValue constant => c.ConstantTap(Arrange(constant, [.. order.Where(a => a != batch)], rank)),
            _ => throw new ConversionException("it combines tensors with sizes that are known only at run time."),
        })], axes);
    }

    /// <summary>A constant's elements in the order of the tape, without sizes of 1 in front.</summary>
    public static ConstantValue Arrange(ConstantValue constant, IReadOnlyList<int> order, int rank)
    {
        int[] full = [.. Enumerable.Repeat(1, rank - constant.Rank), .. constant.Shape];
        int[] rest = [.. Enumerable.Range(0, rank).Where(a => !order.Contains(a))];
        ConstantValue moved = constant.Reshaped(full).Transposed([.. rest, .. order]);
        return moved.Reshaped([.. moved.Shape.SkipWhile(d => d == 1)]);
    }

    private static TapValue Raise(TapValue tap, int rank) =>
        tap.Rank == rank ? tap : tap with { Axes = Enumerable.Repeat(-1, rank - tap.Rank).Concat(tap.Axes).ToEquatableArray() };
}
