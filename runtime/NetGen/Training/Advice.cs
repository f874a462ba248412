namespace NetGen;

/// <summary>Says once of each network what is allowed and hardly ever meant.</summary>
internal static class Advice
{
    private static readonly HashSet<string> Given = new(StringComparer.Ordinal);

    /// <summary>Writes what was not written before.</summary>
    public static void Give(IEnumerable<string> texts, TextWriter output)
    {
        foreach (string text in texts)
        {
            lock (Given)
            {
                if (!Given.Add(text)) continue;
            }

            output.WriteLine($"NetGen: {text}");
        }
    }

    /// <summary>What is to be said of a network before it trains.</summary>
    /// <param name="network">The network, with its weights.</param>
    /// <param name="heads">Its outputs with their losses.</param>
    public static IEnumerable<string> Of(Network network, OutputHead[] heads)
    {
        NetworkDefinition definition = network.Definition;
        foreach (OutputHead head in heads)
        {
            if (head.Loss is { FromLogits: true } loss && head.Info.Final != FinalActivation.None)
            {
                yield return $"{loss.Name} of {definition.Name} has fromLogits: true, and the output '{head.Info.Name}' ends in a {head.Info.Final}, so that it gives no logits. "
                    + "Leave fromLogits out, or the activation.";
            }
        }

        foreach (AdaptedLayer layer in definition.Adapted)
        {
            if (!Array.TrueForAll(network.GetWeights(layer.Name + "/mean"), value => value == 0) || !Array.TrueForAll(network.GetWeights(layer.Name + "/variance"), value => value == 1)) continue;
            yield return $"the Normalization '{layer.Name}' of {definition.Name} has not measured any data and changes nothing. Call model[\"{layer.Name}\"].Adapt(data) before Fit.";
        }
    }
}
