namespace NetGen.Tests.Training;

/// <summary>What tests of training on sequences share.</summary>
internal static class SequenceChecks
{
    /// <summary>An argument is refused with a message that has all of some parts.</summary>
    public static void Refuses(Action action, params string[] parts)
    {
        string message = Assert.ThrowsAny<ArgumentException>(action).Message;
        foreach (string part in parts) Assert.Contains(part, message, StringComparison.Ordinal);
    }

    public static float[] Weights(Network model) => [.. model.Parameters.SelectMany(p => model.GetWeights(p.Name))];

    /// <summary>Numbers between -1 and 1 that a seed and a stream tell.</summary>
    public static float[] Numbers(int count, ulong seed, int stream)
    {
        float[] x = new float[count];
        Philox.FillUniform(x, seed, stream: (uint)stream, step: 0);
        return [.. x.Select(v => (2 * v) - 1)];
    }
}
