using System.CommandLine;
using System.Text.RegularExpressions;
using NetGen.Samples;

namespace NetGen.Tests.Samples;

/// <summary>The texts that samples make up and cut.</summary>
public sealed partial class TextSampleTests
{
    [Fact]
    public void Tales_are_sentences_whose_verbs_agree()
    {
        (string text, double entropy) = Tales.Tell(5000, seed: 3);
        Assert.InRange(text.Length, 5000, 5200);
        Assert.Equal((text, entropy), Tales.Tell(5000, seed: 3));
        Assert.NotEqual(text, Tales.Tell(5000, seed: 4).Text);
        string[] sentences = text.Split(['.', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.All(sentences, sentence => Assert.Matches(Sentence(), sentence));
        Assert.InRange(sentences.Count(sentence => sentence.Contains("that", StringComparison.Ordinal)), 1, sentences.Length - 1);
    }

    /// <summary>A sentence of k choices among equals is foreseen with the product of their chances.</summary>
    [Fact]
    public void The_entropy_of_tales_is_that_of_their_choices()
    {
        (string text, double entropy) = Tales.Tell(1, seed: 1);
        string[] words = text.Split([' ', ',', '.', '\n'], StringSplitOptions.RemoveEmptyEntries);
        int animals = words.Count(word => word == "the") - words.Count(word => word is "in" or "on" or "at" or "under"), clauses = words.Count(word => word == "that");
        int adjectives = words.Count(word => word is "old" or "young" or "small" or "quiet" or "hungry" or "brave");
        double chance = (Math.Log(2) * (3 + (2 * animals))) + (Math.Log(8) * animals) + (Math.Log(6) * adjectives) + (Math.Log(4) * (1 + clauses + words.Count(word => word is "in" or "on" or "at" or "under")));
        Assert.Equal(chance, entropy * text.Length, 1e-9);
    }

    [Fact]
    public void Each_character_of_a_window_comes_with_the_next_one()
    {
        Dataset windows = Corpus.Cut([2, 3, 4, 5, 6, 7, 8], 4);
        Assert.Equal((2, 4, 2), (windows.Count, windows.InputLength(0), windows.InputLength(1)));
        float[] x = new float[4], y = new float[4];
        windows.ReadInput(0, x);
        windows.ReadTarget(0, y);
        Assert.Equal<float>([2, 3, 4, 5], x);
        Assert.Equal<float>([3, 4, 5, 6], y);
        windows.ReadInput(1, x.AsSpan(0, 2));
        windows.ReadTarget(1, y.AsSpan(0, 2));
        Assert.Equal<float>([6, 7], x[..2]);
        Assert.Equal<float>([7, 8], y[..2]);
    }

    [Fact]
    public void The_last_tenth_of_a_text_is_held_out()
    {
        Corpus corpus = Corpus.Read(null);
        Assert.InRange(corpus.HeldOut.Length - (corpus.Training.Length / 9), 0, 10);
        Assert.Equal(Tales.Tell(corpus.Training.Length, seed: 1).Text[..corpus.Training.Length], corpus.Training);
    }

    [Theory]
    [InlineData("--temperature -1", "--temperature is -1; a number of at least 0 is expected.")]
    [InlineData("--top-k -2", "--top-k is -2; a whole number of at least 0 is expected.")]
    [InlineData("--length 0", "--length is 0; a whole number of at least 1 is expected.")]
    [InlineData("--prompt axb", "--prompt: character 2 does not stand in the text that the network learns from.")]
    [InlineData("--prompt ab --top-k 3", null)]
    public void What_cannot_be_written_is_told(string arguments, string? expected)
    {
        WritingOptions writing = new();
        RootCommand command = new();
        foreach (Option option in writing.All) command.Add(option);
        SampleOptions options = new(1, 1, 1, Seed: 9) { CommandLine = command.Parse(arguments) };
        Vocabulary characters = Vocabulary.FromCharacters(["ab\n"]);
        Exception? exception = Record.Exception(() =>
        {
            writing.Length(options);
            DecodeOptions how = writing.Read(options, characters);
            Assert.Equal((characters.IndexOf("\n"), 3, 9ul), (how.Start, how.TopK, how.Seed));
            Assert.Equal(characters.Encode("ab"), how.Prompt.ToArray());
        });
        Assert.Equal(expected, exception?.Message);
    }

    [Fact]
    public void Opinions_are_different_sentences_in_turn_and_negations_turn_them()
    {
        LabelledTexts opinions = Opinions.Make(400, seed: 2);
        Assert.Equal(400, opinions.Texts.Distinct().Count());
        Assert.Equal(200, opinions.Labels.Sum());
        Assert.All(opinions.Texts.Zip(opinions.Labels), pair => Assert.Equal(pair.Second == 1, IsGood(pair.First)));
        Assert.Equal(opinions.Texts, Opinions.Make(400, seed: 2).Texts);
    }

    [Fact]
    public void Sentences_to_test_with_are_no_others()
    {
        LabelledTexts all = Opinions.Make(100, seed: 1);
        (LabelledTexts train, LabelledTexts validation, LabelledTexts test) = all.Split(seed: 5);
        Assert.Equal((80, 10, 10), (train.Texts.Length, validation.Texts.Length, test.Texts.Length));
        Assert.Equal(all.Texts.Zip(all.Labels).Order(), new[] { train, validation, test }.SelectMany(part => part.Texts.Zip(part.Labels)).Order());
    }

    /// <summary>The opinion as a reader would find it: the first adjective of the last clause, turned by a "not" before it.</summary>
    private static bool IsGood(string sentence)
    {
        string clause = sentence[(sentence.LastIndexOf(" was ", StringComparison.Ordinal) + 5)..];
        string[] words = clause.Split(' ');
        string adjective = words.First(word => word is not ("not" or "very" or "really" or "quite"));
        return adjective is "good" or "great" or "funny" or "clever" or "moving" or "fresh" or "warm" or "lovely" != (words[0] == "not");
    }

    [GeneratedRegex("^((in|on|at|under) the [a-z]+, )?the ([a-z]+ )?[a-z]+((?<!s)( that [a-z]+s the ([a-z]+ )?[a-z]+)? [a-z]+s|s( that [a-z]+(?<!s) the ([a-z]+ )?[a-z]+)? [a-z]+(?<!s))$")]
    private static partial Regex Sentence();
}
