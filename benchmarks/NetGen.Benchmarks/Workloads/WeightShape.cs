namespace NetGen.Benchmarks;

/// <summary>Name and Keras-layout shape of one weight, with the range that its random values are uniform in.</summary>
internal sealed record WeightShape(string Name, int[] Shape, float Low, float High)
{
    public int Count => Shape.Aggregate(1, (a, b) => a * b);

    /// <summary>The values of a kernel are such that its output has about the variance of its input, less what a rectifier takes of it (He et al., 2015).</summary>
    public static WeightShape Kernel(string name, int[] shape, int fanIn, Nonlinearity nonlinearity)
    {
        float limit = MathF.Sqrt((nonlinearity is Nonlinearity.ReLU or Nonlinearity.ReLU6 ? 6f : 3f) / fanIn);
        return new WeightShape(name, shape, -limit, limit);
    }

    /// <summary>One value per channel. None is exactly what a layer starts with, so that a forgotten one shows in the outputs.</summary>
    public static WeightShape Around(string name, int count, float middle, float distance) => new(name, [count], middle - distance, middle + distance);
}
