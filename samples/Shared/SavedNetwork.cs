namespace NetGen.Samples;

/// <summary>Runs a network on one sample.</summary>
internal delegate void Predict<in T>(T model, ReadOnlySpan<float> x, Span<float> y);

/// <summary>A network that has been saved and loaded again, as a service would load it.</summary>
internal static class SavedNetwork
{
    /// <summary>Saves the network in a folder, loads it again, and lets both say something of one sample.</summary>
    /// <param name="model">The network.</param>
    /// <param name="predict">Runs it.</param>
    /// <param name="x">The sample.</param>
    /// <param name="outputs">How many numbers the network gives for it.</param>
    /// <param name="folder">Where the file goes; beside the program unless given.</param>
    /// <param name="vocabularies">What goes along in the file.</param>
    /// <returns>The file, and what the loaded network gives.</returns>
    /// <exception cref="IOException">The file cannot be written or read.</exception>
    public static (string File, float[] Output) Check<T>(T model, Predict<T> predict, ReadOnlySpan<float> x, int outputs, string? folder = null, IReadOnlyDictionary<string, Vocabulary>? vocabularies = null)
        where T : Network<T>, INetwork<T>
    {
        string file = Path.Combine(folder ?? AppContext.BaseDirectory, typeof(T).Name + ".safetensors");
        model.Save(file, vocabularies);
        float[] before = new float[outputs], after = new float[outputs];
        predict(model, x, before);
        predict(Network<T>.Load(file), x, after);
        return before.AsSpan().SequenceEqual(after) ? (file, after) : throw new InvalidOperationException($"{file}: the loaded network does not give what the saved one gave.");
    }
}
