using NetGen.Generator;

namespace NetGen.Onnx;

/// <summary>Matrix products.</summary>
internal static class Products
{
    public static void MatMul(NodeContext c)
    {
        TensorValue a = c.Value(0), b = c.Value(1);
        if (a.Rank == 0 || b.Rank == 0)
        {
            throw new ConversionException("it multiplies a scalar.");
        }

        if (a is TapValue x && b is ConstantValue { Rank: 1 or 2 } weights)
        {
            ConstantValue kernel = weights.Rank == 2 ? weights : weights.Reshaped([weights.Shape[0], 1]);
            TapValue y = Dense(c, x, x.Rank - 1, kernel, null, weights.Rank == 2 ? x.Rank - 1 : -1);
            c.Set(weights.Rank == 2 ? y : y with { Axes = y.Axes.Take(y.Rank - 1).ToEquatableArray() });
            return;
        }

        if (b is TapValue z && a is ConstantValue { Rank: 2 } left && z.Rank >= 2)
        {
            // A B = (B' A')': a product over the last axis but one.
            c.Set(Dense(c, z, z.Rank - 2, left.Transposed([1, 0]), null, -1));
            return;
        }

        c.Set(Multiply(c, a, b));
    }

    public static void Gemm(NodeContext c)
    {
        TensorValue a = c.Value(0), b = c.Value(1);
        (bool isATurned, bool isBTurned) = (c.Integer("transA", 0) != 0, c.Integer("transB", 0) != 0);
        (double alpha, double beta) = (c.Number("alpha", 1), c.Number("beta", 1));
        TensorValue? bias = c.Optional(2);
        if (a.Rank != 2 || b.Rank != 2)
        {
            throw new ConversionException($"it multiplies tensors of the ranks {a.Rank} and {b.Rank}.");
        }

        if (a is TapValue x && b is ConstantValue weights)
        {
            ConstantValue kernel = Scaled(isBTurned ? weights.Transposed([1, 0]) : weights, alpha);
            x = isATurned ? c.Writer.Straighten(x) is var plain ? plain with { Axes = plain.Axes.Reverse().ToEquatableArray() } : x : x;
            int units = kernel.Shape[1];
            ConstantValue? added = bias is ConstantValue known && (known.Count == units || known.Count == 1) && (known.Rank < 2 || known.Shape[0] == 1) && (known.Count == 1 || known.Shape[^1] == units)
                ? Scaled(known.Count == units ? known.Reshaped([units]) : Shapes.Filled(known.Type, [units], known.Data()[0]), beta) : null;
            TapValue y = Dense(c, x, 1, kernel, added, bias is null || added is not null ? 1 : -1);
            c.Set(bias is null || added is not null ? y : Sum(y));
            return;
        }

        TapValue product = Multiply(c, Turned(a, isATurned), Turned(b, isBTurned));
        if (alpha != 1)
        {
            product = product with { Name = c.Writer.Apply("Rescaling", [product.Name], null, ("Scale", new NumberValue(alpha))) };
        }

        c.Set(bias is null ? product : Sum(product));

        TapValue Sum(TapValue y)
        {
            TensorValue third = bias is ConstantValue known ? Scaled(known, beta)
                : beta == 1 ? bias! : ((TapValue)bias!) with { Name = c.Writer.Apply("Rescaling", [((TapValue)bias).Name], null, ("Scale", new NumberValue(beta))) };
            return Elementwise.Merge(c, "Add", [y, third], y.Type);
        }

        TensorValue Turned(TensorValue value, bool isTurned) => !isTurned ? value
            : value is ConstantValue constant ? constant.Transposed([1, 0])
            : c.Writer.Straighten((TapValue)value) is var tap ? tap with { Axes = tap.Axes.Reverse().ToEquatableArray() } : value;
    }

    /// <summary>A product with a constant matrix (features, units) over one axis; a bias and an activation that follow become the layer's own.</summary>
    /// <param name="c">The node.</param>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis of the features.</param>
    /// <param name="kernel">The matrix.</param>
    /// <param name="bias">The bias, or null.</param>
    /// <param name="biasAxis">Along which axis of the output one that follows may lie; -1 for none.</param>
    private static TapValue Dense(NodeContext c, TapValue x, int axis, ConstantValue kernel, ConstantValue? bias, int biasAxis)
    {
        if (x.Axes[axis] == 0)
        {
            throw new BatchException("It sums over the batch.");
        }

        if (x.Dims[axis] != kernel.Shape[0])
        {
            throw new ConversionException($"it multiplies {x.Dims[axis]} features with a matrix of ({string.Join(", ", kernel.Shape)}).");
        }

        string? weightName = kernel.Name;
        if (x.Flattened is { } flattened && x.Axes[axis] == x.Physical.Rank - 1)
        {
            // The rows in the order in which the tape has the features.
            int units = kernel.Shape[1];
            int[] sizes = [.. flattened.Order.Select(o => flattened.Sizes[o])];
            int[] order = [.. Enumerable.Range(0, sizes.Length).Select(i => Array.IndexOf([.. flattened.Order], i))];
            kernel = kernel.Reshaped([.. sizes, units]).Transposed([.. order, sizes.Length]).Reshaped(kernel.Shape);
            x = x with { Flattened = null };
        }

        x = c.Writer.Straighten(x);
        if (x.Axes[axis] != x.Physical.Rank - 1)
        {
            x = c.Writer.Arrange(x, [.. x.Order.Where(a => a != axis), axis]);
        }

        if (bias is null && biasAxis >= 0)
        {
            bias = c.TakeBias(biasAxis, x.Rank, kernel.Shape[1]);
        }

        string? activation = biasAxis >= 0 || bias is not null ? c.TakeActivation() : null;
        List<(string, ArgumentValue)> arguments = [("Units", new IntegerValue(kernel.Shape[1]))];
        if (activation is not null)
        {
            arguments.Add(("Activation", new EnumValue("Activation", activation)));
        }

        if (bias is null)
        {
            arguments.Add(("UseBias", new BooleanValue(false)));
        }

        string tap = c.Writer.Apply("Dense", [x.Name], Names.OfLayer(c, weightName), bias is null ? [("kernel", kernel)] : [("kernel", kernel), ("bias", bias)], [.. arguments]);
        return c.Writer.Value(tap, x.Axes, x.Type) with { IsNonNegative = activation is "ReLU" or "Sigmoid" or "Softplus" };
    }

    /// <summary>NumPy's product of any two tensors.</summary>
    private static TapValue Multiply(NodeContext c, TensorValue a, TensorValue b)
    {
        int rank = Math.Max(a.Rank, b.Rank), batch = -1;
        foreach (TapValue tap in new[] { a, b }.OfType<TapValue>())
        {
            // Rows of the left or columns of the right may not be samples, nor may what is summed over.
            int at = tap.BatchAxis < 0 ? -1 : tap.BatchAxis + rank - tap.Rank;
            if (at >= 0 && (at >= rank - 2 || tap.Rank < 3))
            {
                throw new BatchException("It multiplies samples with each other.");
            }

            batch = batch < 0 || batch == at ? at : throw new BatchException("It multiplies different samples.");
        }

        foreach (ConstantValue constant in new[] { a, b }.OfType<ConstantValue>())
        {
            if (batch >= rank - constant.Rank && batch >= 0 && constant.Shape[batch - (rank - constant.Rank)] != 1)
            {
                throw new BatchException("A constant has a size along the batch.");
            }
        }

        string left = On(a), right = On(b);
        string product = c.Writer.Apply("Ops.MatMul", [left, right], c.Name);
        int front = batch >= 0 ? 0 : 1;
        int result = rank - (a.Rank == 1 ? 1 : 0) - (b.Rank == 1 ? 1 : 0);
        result = a.Rank == 1 && b.Rank == 1 ? 0 : result;
        int[] order = batch > 0 ? [batch, .. Enumerable.Range(0, result).Where(x => x != batch)] : [.. Enumerable.Range(0, result)];

        // Constants are written without their leading axes of size 1, so where all tensors lack them on the tape the product does.
        int missing = result + front - c.Writer.Shape(product).Rank, first = 1 - front;
        return c.Writer.Value(product, Enumerable.Range(0, result).Select(x => Array.IndexOf(order, x) is var place && place < first ? place : place < first + missing ? -1 : place + front - missing), a.Type);

        string On(TensorValue value)
        {
            int shift = rank - value.Rank;
            int[] natural = [.. Enumerable.Range(0, value.Rank)];
            int[] order = batch - shift > 0 ? [batch - shift, .. natural.Where(x => x != batch - shift)] : natural;
            if (value is TapValue tap)
            {
                return c.Writer.Arrange(tap, order).Name;
            }

            ConstantValue constant = ((ConstantValue)value).Transposed(order);
            int[] shape = constant.Rank <= 2 ? constant.Shape : [.. constant.Shape.Take(constant.Rank - 2).SkipWhile(d => d == 1), .. constant.Shape.TakeLast(2)];
            return c.ConstantTap(constant.Reshaped(shape));
        }
    }

    private static ConstantValue Scaled(ConstantValue constant, double factor) =>
        factor == 1 ? constant : ConstantValue.Of(constant.Type, constant.Shape, () => Array.ConvertAll(constant.Data(), x => x * factor)) with { Name = constant.Name };
}
