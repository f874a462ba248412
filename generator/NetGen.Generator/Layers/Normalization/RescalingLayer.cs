namespace NetGen.Generator;

/// <summary>scale x + offset, each one number or one per channel.</summary>
internal sealed class RescalingLayer : Layer
{
    public override string Kind => "Rescaling";

    public override IReadOnlyList<string> Arguments => ["Scale", "Offset"];

    public override bool CarriesMask => true;

    public override Value Build(LayerContext context)
    {
        IReadOnlyList<double> scale = context.Numbers("Scale");
        IReadOnlyList<double> offset = context.Numbers("Offset", [0.0]);
        List<Value> operands = [context.X];
        Expr body = Expr.In(0) * Operand("Scale", scale);
        body = body + Operand("Offset", offset);
        return context.Graph.Add(new Map(body), [.. operands]);

        Expr Operand(string name, IReadOnlyList<double> numbers)
        {
            if (numbers.Count == 1)
            {
                return numbers[0];
            }

            if (context.X.Shape.Rank < 2 || context.X.Shape.Last != numbers.Count)
            {
                throw context.Fail("NG0012", name, $"{name} of {context.Place} has {numbers.Count} numbers, the last axis of {context.X.Shape} needs one or {context.X.Shape.Last}.");
            }

            operands.Add(context.Graph.Constant(Shape.Of(numbers.Count), numbers));
            return Expr.In(operands.Count - 1);
        }
    }
}
