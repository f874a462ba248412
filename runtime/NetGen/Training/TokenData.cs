using System.Globalization;

namespace NetGen;

/// <summary>Looks for the token that an Embedding has no row for, behind a program that has failed: it is told by its place.</summary>
internal static class TokenData
{
    /// <summary>Looks through the inputs that an Embedding reads, in a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="binding">Which of its tensors is which.</param>
    /// <param name="definition">The network.</param>
    /// <param name="samples">The only input where it does not lie in the batch.</param>
    /// <exception cref="ArgumentException">A token is outside the vocabulary.</exception>
    public static void Check(Batch batch, DataBinding binding, NetworkDefinition definition, ReadOnlySpan<float> samples)
    {
        for (int i = 0; i < definition.Inputs.Length; i++)
        {
            InputInfo input = definition.Inputs[i];
            ReadOnlySpan<float> tokens = samples.IsEmpty ? batch.Input(binding.InputOf(i)) : samples;
            if (Find(input, tokens) is not (>= 0 and int found)) continue;
            int size = tokens.Length / batch.Count;
            throw new ArgumentException(Tell(definition, input, tokens[found], batch.PlaceOf(found / size), found % size));
        }
    }

    /// <summary>Looks through an input of a call.</summary>
    /// <param name="definition">The network.</param>
    /// <param name="index">Which of its inputs it is.</param>
    /// <param name="tokens">The samples one after the other.</param>
    /// <param name="count">How many they are.</param>
    /// <exception cref="ArgumentOutOfRangeException">A token is outside the vocabulary.</exception>
    public static void Check(NetworkDefinition definition, int index, ReadOnlySpan<float> tokens, int count)
    {
        InputInfo input = definition.Inputs[index];
        if (Find(input, tokens) is not (>= 0 and int found)) return;
        int size = tokens.Length / count;
        throw new ArgumentOutOfRangeException(null, Tell(definition, input, tokens[found], $"sample {found / size}", found % size));
    }

    private static int Find(InputInfo input, ReadOnlySpan<float> tokens)
    {
        if (input.Tokens == 0) return -1;
        int at = 0;
        while (at < tokens.Length && tokens[at] >= 0 && tokens[at] < input.Tokens && tokens[at] == MathF.Floor(tokens[at])) at++;
        return at < tokens.Length ? at : -1;
    }

    private static string Tell(NetworkDefinition definition, InputInfo input, float token, string sample, int step) => string.Create(
        CultureInfo.InvariantCulture, $"{definition.Name}: the input '{input.Name}' holds the token {token} in {sample}, step {step}; whole numbers from 0 to {input.Tokens - 1} are expected.");
}
