namespace NetGen.Generator;

/// <summary>Lowers element-wise nodes.</summary>
internal static class MapRule
{
    public static bool Lower(Lowering lowering, Node node)
    {
        Map map = (Map)node.Op;
        MapKernel kernel = new(node.Output.Shape, node.Inputs.Select(i => i.Shape).ToEquatableArray(), map.Body);
        lowering.Add(kernel, [.. node.Inputs.Select(i => lowering.Read(i)), .. node.Outputs.Select(o => lowering.Write(o))]);
        return true;
    }
}

/// <summary>Lowers sums, products and extremes.</summary>
internal static class ReduceRule
{
    public static bool Lower(Lowering lowering, Node node)
    {
        (string function, EquatableArray<int> axes) = node.Op switch
        {
            ReduceSum sum => ("Sum", sum.Axes),
            ReduceMax max => ("Max", max.Axes),
            ReduceMin min => ("Min", min.Axes),
            ReduceProd product => ("Product", product.Axes),
            _ => throw new InvalidOperationException(node.Op.Name),
        };
        lowering.Add(new ReduceKernel(function, node.Inputs[0].Shape, axes), lowering.Read(node.Inputs[0]), lowering.Write(node.Output));
        return true;
    }
}

/// <summary>Lowers softmax.</summary>
internal static class SoftmaxRule
{
    /// <summary>All of a constant last axis.</summary>
    public static bool Lower(Lowering lowering, Node node)
    {
        Shape shape = node.Output.Shape;
        if (!shape.Last.IsConstant || ((Softmax)node.Op).IsCausal || node.Inputs.Count > 1)
        {
            return false;
        }

        SoftmaxKernel kernel = new(shape.CountOf(0, shape.Rank - 1), checked((int)shape.Last.Constant));
        lowering.Add(kernel, lowering.Read(node.Inputs[0]), lowering.Write(node.Output));
        return true;
    }

    /// <summary>Rows of any length, of which some elements may not count.</summary>
    public static bool LowerMasked(Lowering lowering, Node node)
    {
        Softmax op = (Softmax)node.Op;
        MaskedSoftmaxKernel kernel = new(node.Output.Shape, op.IsCausal, op.Past, node.Inputs.Count > 1 ? node.Inputs[1].Shape : null);
        lowering.Add(kernel, [.. node.Inputs.Select(i => lowering.Read(i)), lowering.Write(node.Output)]);
        return true;
    }
}

/// <summary>Lowers transpositions.</summary>
internal static class TransposeRule
{
    public static bool Lower(Lowering lowering, Node node)
    {
        Shape shape = node.Inputs[0].Shape;
        EquatableArray<int> permutation = ((Transpose)node.Op).Permutation;

        // The output's sizes and the input's stride along each, with leading axes of size one.
        int missing = Math.Max(0, 4 - shape.Rank);
        IEnumerable<Dim> sizes = [.. Enumerable.Repeat((Dim)1, missing), .. permutation.Select(i => shape[i])];
        IEnumerable<Dim> strides = [.. Enumerable.Repeat((Dim)0, missing), .. permutation.Select(i => shape.CountOf(i + 1, shape.Rank))];
        lowering.Add(new TransposeKernel(sizes.ToEquatableArray(), strides.ToEquatableArray()), lowering.Read(node.Inputs[0]), lowering.Write(node.Output));
        return true;
    }
}

/// <summary>Lowers a run-time size to a scalar.</summary>
internal static class SizeOfRule
{
    public static bool Lower(Lowering lowering, Node node)
    {
        lowering.Add(new SizeKernel(((SizeOf)node.Op).Size), lowering.Write(node.Output));
        return true;
    }
}

/// <summary>Y = a size.</summary>
internal sealed record SizeKernel(Dim Size) : Kernel
{
    public override string Name => "Size_" + string.Concat(this.Size.ToString().Select(c => char.IsLetterOrDigit(c) ? c : '_'));

    public override string Summary => $"Y = {this.Size}.";

    public override IReadOnlyList<KernelOperand> Operands => [new("y", Access.WriteScattered)];

    public override IReadOnlyList<string> Sizes => SizeNames.Of([this.Size]);

    public override Dim? Units => null;

    public override void Emit(CodeWriter code, EmitOptions options)
    {
        using (this.Entry(code, optimize: false, options))
        {
            code.Line($"y = {Literal.Size(this.Size)};");
        }
    }
}
