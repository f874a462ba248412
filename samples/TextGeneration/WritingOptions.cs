using System.CommandLine;

namespace NetGen.Samples;

/// <summary>What of the command line says how the network writes.</summary>
internal sealed class WritingOptions
{
    private readonly Option<string> prompt = new("--prompt") { Description = "What the network writes on from.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
    private readonly Option<int> length = new("--length") { Description = "How many characters it writes.", DefaultValueFactory = _ => 500 };
    private readonly Option<double> temperature = new("--temperature") { Description = "0 takes the likeliest character; 1 draws as the network says, below more certain.", DefaultValueFactory = _ => 0.8 };
    private readonly Option<int> topK = new("--top-k") { Description = "Of how many of the likeliest characters one is drawn; 0 for all.", DefaultValueFactory = _ => 0 };

    /// <summary>The options.</summary>
    public IReadOnlyList<Option> All => [prompt, length, temperature, topK];

    /// <summary>What is written on from.</summary>
    public string Prompt(SampleOptions options) => options.Get(prompt);

    /// <summary>How many characters are written.</summary>
    public int Length(SampleOptions options) => options.Get(length, value => value >= 1, "a whole number of at least 1");

    /// <summary>How they are chosen. A text begins as behind the end of a line.</summary>
    /// <exception cref="ArgumentException">The prompt has a character that the network does not know.</exception>
    public DecodeOptions Read(SampleOptions options, Vocabulary characters)
    {
        int[] tokens = characters.Encode(Prompt(options));
        int unknown = Array.IndexOf(tokens, Vocabulary.Unknown);
        if (unknown >= 0) throw new ArgumentException($"{prompt.Name}: character {unknown + 1} does not stand in the text that the network learns from.");
        return new DecodeOptions
        {
            Start = characters.IndexOf("\n"),
            Prompt = tokens,
            Temperature = options.Get(temperature, value => value >= 0 && double.IsFinite(value), "a number of at least 0"),
            TopK = options.Get(topK, value => value >= 0, "a whole number of at least 0"),
            Seed = options.Seed,
        };
    }
}
