namespace NetGen.Generator;

/// <summary>Y = activation(X · kernel + bias) over the last axis.</summary>
internal sealed class DenseLayer : Layer
{
    public override string Kind => "Dense";

    public override IReadOnlyList<string> Arguments =>
    [
        "Units", "Activation", "UseBias", "SpectralNormalization",
        "KernelInitializer", "KernelRegularizer", "KernelConstraint",
        "BiasInitializer", "BiasRegularizer", "BiasConstraint",
    ];

    public override bool CarriesMask => true;

    public override Value Build(LayerContext context)
    {
        Shape x = context.X.Shape;
        if (x.Rank < 2)
        {
            throw context.Fail("NG0011", null, $"{context.Place} takes an input of rank 2 or more, not {x}.");
        }

        long units = context.Integer("Units", least: 1, most: int.MaxValue);
        Value kernel = context.Kernel("kernel", Shape.Of(x.Last, units), "GlorotUniform()", "Kernel");
        Value rows = x.Rank == 2 ? context.X : context.Graph.Add(new Reshape(Shape.Of(x.CountOf(0, x.Rank - 1), x.Last)), context.X);
        Value y = context.Graph.Add(new MatMul(), rows, kernel);
        Value? bias = context.Boolean("UseBias", true) ? context.Parameter("bias", Shape.Of(units), "Zeros()", "Bias") : null;
        y = bias is null ? y : context.Graph.Add(new Map(Expr.In(0) + Expr.In(1)), y, bias);
        if (x.Rank != 2)
        {
            y = context.Graph.Add(new Reshape(x.With(-1, units)), y);
            context.Graph.Note(new ProductForm(context.X, kernel, bias, 1, 1, y));
        }

        return context.Activate(y);
    }
}
