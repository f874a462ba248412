namespace NetGen.Benchmarks;

/// <summary>Name and Keras-layout shape of one weight, with the fans that its random values are scaled by.</summary>
internal sealed record WeightShape(string Name, int[] Shape, int FanIn, int FanOut);

/// <summary>One weight in Keras's layout, row-major.</summary>
internal sealed record Weight(string Name, int[] Shape, float[] Values);

/// <summary>All weights of a network under their names, equal in every process: the values depend on the layers alone.</summary>
internal sealed class WeightSet
{
    private readonly Dictionary<string, Weight> weights = [];

    public WeightSet(IEnumerable<Layer> layers)
    {
        var random = new Random(1);
        foreach (var shape in layers.SelectMany(layer => layer.Weights))
        {
            // Kernels are Glorot-uniform; biases are not 0, so that a forgotten one shows in the outputs.
            float limit = shape.Shape.Length == 1 ? 0.1f : MathF.Sqrt(6f / (shape.FanIn + shape.FanOut));
            var values = new float[shape.Shape.Aggregate(1, (a, b) => a * b)];
            for (int i = 0; i < values.Length; i++) values[i] = (2 * random.NextSingle() - 1) * limit;
            weights.Add(shape.Name, new Weight(shape.Name, shape.Shape, values));
        }
    }

    public Weight this[string name] => weights[name];

    /// <summary>In the order of the layers.</summary>
    public IEnumerable<Weight> All => weights.Values;
}
