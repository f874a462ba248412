namespace NetGen.Samples;

/// <summary>The <c>Decode</c> of a network.</summary>
internal delegate void Decode<in T>(T network, ReadOnlySpan<float> source, Span<int> target, Span<int> counts, DecodeOptions options, ReadOnlySpan<int> lengths);

/// <summary>A network that writes a text for a text, with the vocabularies of both.</summary>
internal sealed class TextModel<T>(T network, Vocabulary source, Vocabulary target, Decode<T> decode)
    where T : Network<T>, INetwork<T>
{
    private const int BatchSize = 64, MostTokens = 60;

    public T Network => network;

    /// <summary>
    /// Pairs to train on. The network is given the source and, from the start token on, what it should have written; at each step it is to tell what comes next, at last the end token
    /// (teacher forcing).
    /// </summary>
    public Dataset Prepare(TextPairs pairs) => new(
        [TensorColumn.FromSequences("source", source.Encode(pairs.Sources)), TensorColumn.FromSequences("target", target.Encode(pairs.Targets, start: true))],
        [TensorColumn.FromSequences("next", target.Encode(pairs.Targets, end: true))]);

    /// <summary>Writes a text for each of some texts.</summary>
    /// <param name="texts">The sources.</param>
    /// <param name="beamWidth">How many hypotheses are followed; 1 is greedy.</param>
    /// <param name="cancel">Ends the writing.</param>
    public string[] Write(string[] texts, int beamWidth = 1, CancellationToken cancel = default)
    {
        DecodeOptions options = new() { Start = target.Start, End = target.End, BeamWidth = beamWidth, LengthPenalty = 1 };
        Dataset data = new([TensorColumn.FromSequences("source", source.Encode(texts))], []);
        Batch batch = new(data, BatchSize);
        using BatchReader reader = data.CreateReader(BatchSize);
        List<string> written = [];
        int[] tokens = new int[BatchSize * MostTokens], counts = new int[BatchSize];
        while (reader.TryRead(batch))
        {
            cancel.ThrowIfCancellationRequested();
            decode(network, batch.Input(0), tokens.AsSpan(0, batch.Count * MostTokens), counts.AsSpan(0, batch.Count), options, batch.InputLengths(0));
            for (int i = 0; i < batch.Count; i++) written.Add(target.Decode(tokens.AsSpan(i * MostTokens, counts[i])));
        }

        return [.. written];
    }

    /// <summary>Saves the network and both vocabularies in one file, loads it again, as a service would, and lets both write for one text.</summary>
    /// <returns>The file, and what the loaded network writes.</returns>
    /// <exception cref="IOException">The file cannot be written or read.</exception>
    public (string File, string Written) Check(string text, int beamWidth)
    {
        string file = Path.Combine(AppContext.BaseDirectory, typeof(T).Name + ".safetensors");
        network.Save(file, new Dictionary<string, Vocabulary> { ["source"] = source, ["target"] = target });
        TextModel<T> loaded = new(Network<T>.Load(file), Vocabulary.Load(file, "source"), Vocabulary.Load(file, "target"), decode);
        string before = Write([text], beamWidth)[0], after = loaded.Write([text], beamWidth)[0];
        return before == after ? (file, after) : throw new InvalidOperationException($"{file}: the loaded network writes '{after}' where the saved one wrote '{before}'.");
    }
}
