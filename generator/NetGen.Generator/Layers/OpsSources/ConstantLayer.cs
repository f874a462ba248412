namespace NetGen.Generator;

/// <summary>Numbers that stand in the code: the same for every sample, so they have no batch.</summary>
internal sealed class ConstantLayer : Layer
{
    public override string Kind => "Ops.Constant";

    public override (int Least, int Most) Inputs => (0, 0);

    public override IReadOnlyList<string> Arguments => ["Values", "Shape"];

    public override Value Build(LayerContext context)
    {
        IReadOnlyList<double> values = context.Numbers("Values", isFinite: false);
        Shape shape = context.Has("Shape") ? Shape.Of(context.Integers("Shape", null, least: 1, most: int.MaxValue).Select(d => (Dim)d))
            : values.Count == 1 ? Shape.Scalar
            : Shape.Of(values.Count);
        long count = shape.Count.Constant;
        context.CheckSize(shape, "constant");
        if (values.Count == 1 && count > 1)
        {
            // One number in every place is an expression, which takes no memory.
            return context.Graph.Add(new Map((Expr)values[0], shape));
        }

        return values.Count == count ? context.Graph.Constant(shape, values)
            : throw context.Fail("NG0012", "Shape", $"Shape of {context.Place} is {shape}, which takes {count} numbers or one for all; there are {values.Count}.");
    }
}
