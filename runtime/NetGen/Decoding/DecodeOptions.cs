namespace NetGen;

/// <summary>
/// How a network with <see cref="DecodeAttribute"/> writes: the likeliest token at each step (greedy) unless said otherwise; with a <see cref="BeamWidth"/> a search over several
/// hypotheses; with a <see cref="Temperature"/> by chance.
/// </summary>
public sealed record DecodeOptions
{
    /// <summary>The token that the first step takes; it is not written.</summary>
    public required int Start { get; init; }

    /// <summary>The token that ends a sequence, which is not written; null for sequences that only their length ends.</summary>
    public int? End { get; init; }

    /// <summary>The token that fills the room behind a sequence's end.</summary>
    public int Padding { get; init; }

    /// <summary>
    /// How many hypotheses of each sample are followed; 1 is greedy. One that has ended is ranked by its log probability divided by a function of its length, see
    /// <see cref="LengthPenalty"/>.
    /// </summary>
    public int BeamWidth { get; init; } = 1;

    /// <summary>
    /// How much a beam search favours long sequences: scores are divided by ((5 + length) / 6) to this power (Wu et al. 2016, "Google's Neural Machine Translation System",
    /// equation 14); 0 for none.
    /// </summary>
    public double LengthPenalty { get; init; }

    /// <summary>0 takes the likeliest token. Else tokens are drawn with probabilities in proportion to p^(1 / temperature): 1 as the network says, below more certain, above less.</summary>
    public double Temperature { get; init; }

    /// <summary>Of how many of the likeliest tokens one is drawn; 0 for all.</summary>
    public int TopK { get; init; }

    /// <summary>Decides what is drawn: the same seed draws the same.</summary>
    public ulong Seed { get; init; }

    /// <summary>Tokens with which each sequence begins, behind <see cref="Start"/>; they are taken as given and not written.</summary>
    public ReadOnlyMemory<int> Prompt { get; init; }

    /// <summary>Checks the options against a vocabulary.</summary>
    /// <exception cref="ArgumentException">An option cannot be; the message says which and what was expected.</exception>
    internal void Check(string network, int vocabulary)
    {
        Token(this.Start, nameof(this.Start));
        Token(this.End ?? 0, nameof(this.End));
        foreach (int token in this.Prompt.Span)
        {
            Token(token, nameof(this.Prompt));
        }

        Require(this.BeamWidth >= 1, nameof(this.BeamWidth), this.BeamWidth, "1 or more is expected");
        Require(this.BeamWidth <= vocabulary, nameof(this.BeamWidth), this.BeamWidth, $"at most {vocabulary} is expected, as many as there are tokens");
        Require(double.IsFinite(this.LengthPenalty), nameof(this.LengthPenalty), this.LengthPenalty, "a finite number is expected");
        Require(this.Temperature is >= 0 and < double.PositiveInfinity, nameof(this.Temperature), this.Temperature, "a finite number of 0 or more is expected");
        Require(this.TopK >= 0, nameof(this.TopK), this.TopK, "0 or more is expected");
        Require(this.BeamWidth == 1 || this.Temperature == 0, nameof(this.Temperature), this.Temperature, $"0 is expected with a BeamWidth of {this.BeamWidth}, as a beam search does not draw");

        void Token(int token, string name) => Require(token >= 0 && token < vocabulary, name, token, $"a token of the vocabulary, from 0 to {vocabulary - 1}, is expected");

        void Require(bool holds, string name, object value, string expected)
        {
            if (!holds)
            {
                throw new ArgumentException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{network}: {name} of the decoding is {value}; {expected}."), "options");
            }
        }
    }
}
