namespace NetGen.Benchmarks;

/// <summary>
/// All weights of a network under their names, equal in every process: the values depend on the layers alone. They are drawn when they are
/// asked for and not kept, so that they are not in the memory of a process beside those of the network.
/// </summary>
internal sealed class WeightSet(IEnumerable<Layer> layers)
{
    private readonly OrderedDictionary<string, WeightShape> shapes = new(layers.SelectMany(layer => layer.Weights).Select(s => KeyValuePair.Create(s.Name, s)));

    public Weight this[string name] => Draw(shapes.IndexOf(name), shapes[name]);

    /// <summary>In the order of the layers.</summary>
    public IEnumerable<Weight> All => shapes.Values.Select((shape, index) => Draw(index, shape));

    private static Weight Draw(int index, WeightShape shape)
    {
        var values = new float[shape.Count];
        ulong start = (ulong)(index + 1) << 40;
        for (int i = 0; i < values.Length; i++) values[i] = shape.Low + ((shape.High - shape.Low) * Uniform(start + (ulong)i));
        return new Weight(shape.Name, shape.Shape, values);
    }

    /// <summary>A number in [0, 1) for each counter: the finalizer of splitmix64 (Steele, Lea, Flood, 2014), whose upper 24 bits a float holds exactly.</summary>
    private static float Uniform(ulong counter)
    {
        ulong z = counter * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 40) * (1f / (1 << 24));
    }
}
