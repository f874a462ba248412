namespace NetGen.Generator;

/// <summary>
/// The argument SpectralNormalization of layers with one kernel (Miyato et al. 2018, "Spectral Normalization for Generative Adversarial Networks"). As in Keras, a step of training first divides the
/// kernel by its largest singular value, which some power iterations from the state <c>vector_u</c> on find; the quotient replaces the kernel, is what gradients are of, and what the optimizer
/// then moves. Inference takes the kernel as it is.
/// </summary>
internal static class SpectralNormalization
{
    public const string Argument = "SpectralNormalization";

    private const int MostIterations = 100;

    /// <summary>The most that a vector is multiplied by to make its length 1: Keras's 1 / epsilon.</summary>
    private const double MostScale = 1e7;

    /// <summary>The kernel as the layer uses it.</summary>
    public static Value Apply(LayerContext context, Value kernel)
    {
        long iterations = context.Integer(Argument, least: 1, most: MostIterations);
        Dim columns = kernel.Shape.Last;
        Value vector = context.Parameter("vector_u", Shape.Of(1, columns), "TruncatedNormal(stddev: 0.02)", null, trainable: false);
        if (!context.Training)
        {
            return kernel;
        }

        // The kernel as a matrix with a column for each output.
        Graph g = context.Graph;
        Value latest = context.Latest(kernel), u = context.Latest(vector), product = u;
        Value matrix = g.Add(new Reshape(Shape.Of(kernel.Shape.CountOf(0, kernel.Shape.Rank - 1), columns)), latest);
        for (long i = 0; i < iterations; i++)
        {
            product = g.Add(new MatMul(), Normalized(g, g.Add(new MatMul(TransposeB: true), u, matrix)), matrix);
            u = Normalized(g, product);
        }

        // A kernel of zeros has no direction: it and the state stay as they are.
        Value sigma = g.Add(new ReduceSum(EquatableArray.Of(0, 1), KeepDims: true), g.Add(new Map(Expr.In(0) * Expr.In(1)), product, u));
        Expr isZero = Expr.Call("Equal", Expr.In(1), 0);
        Value next = g.Add(new Map(Expr.Call("Where", isZero, Expr.In(2), Expr.In(0))), u, sigma, context.Latest(vector));
        Value divisor = g.Add(new Reshape(Shape.Scalar), g.Add(new Map(Expr.Call("Where", Expr.Call("Equal", Expr.In(0), 0), 1, Expr.In(0))), sigma));
        Value quotient = g.Add(new Map(Expr.Call("StraightThrough", Expr.In(0), Expr.In(0) / Expr.In(1))), latest, divisor);
        context.Update(vector, _ => next);
        context.Update(kernel, _ => quotient);
        return context.Latest(kernel);
    }

    private static Value Normalized(Graph g, Value row)
    {
        Value sum = g.Add(new ReduceSum(EquatableArray.Of(0, 1), KeepDims: true), g.Add(new Map(Expr.In(0) * Expr.In(0)), row));
        return g.Add(new Map(Expr.In(0) * Expr.Call("Min", 1 / Expr.Call("Sqrt", Expr.In(1)), MostScale)), row, sum);
    }
}
