using NetGen.Tests.Training;

namespace NetGen.Tests.Text;

public sealed class VocabularyTests
{
    private static readonly string[] Texts = ["The cat sat.", "The dog sat, too!", "A cat; a dog: the END"];

    private static string[] Tokens(Vocabulary vocabulary) => [.. Enumerable.Range(0, vocabulary.Count).Select(i => vocabulary[i])];

    /// <summary>Counts and ties as Keras's TextVectorization.adapt has them: the most frequent first, ties in reverse order.</summary>
    [Fact]
    public void Words_are_learned_by_their_count()
    {
        Assert.Equal(["", "[UNK]", "the", "sat", "dog", "cat", "a", "too", "end"], Tokens(Vocabulary.FromWords(Texts)));
        Assert.Equal(["", "[UNK]", "the", "sat", "dog"], Tokens(Vocabulary.FromWords(Texts, maxTokens: 5)));
        Assert.Equal(["", "[UNK]", "[START]", "[END]", "the", "sat", "dog", "cat", "a"], Tokens(Vocabulary.FromWords(Texts, startAndEnd: true, leastCount: 2)));
        Assert.Equal(["", "[UNK]", "The", "too!", "the", "sat.", "sat,", "dog:", "dog", "cat;", "cat", "a", "END", "A"], Tokens(Vocabulary.FromWords(Texts, standardization: TextStandardization.None)));
    }

    [Fact]
    public void Characters_are_Unicode_characters()
    {
        Vocabulary vocabulary = Vocabulary.FromCharacters(["añ😀a", "a ñ"]);
        Assert.Equal(["", "[UNK]", "a", "ñ", "😀", " "], Tokens(vocabulary));
        Assert.Equal([2, 3, 4, 1, 5], vocabulary.Encode("añ😀b "));
        Assert.Equal("añ😀[UNK] ", vocabulary.Decode([2, 3, 4, 1, 5]));
        Assert.Equal("añ😀", vocabulary.Decode(vocabulary.Encode("añ😀")));
        Assert.Equal(["", "[UNK]", "\uFFFDx😀"], Tokens(Vocabulary.FromWords(["\uDC00x😀"])));
    }

    [Fact]
    public void Standardization_is_as_in_Keras()
    {
        const string marks = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
        Vocabulary vocabulary = Vocabulary.FromWords([$"Ünder {marks}don't{marks} ¿qué?"]);
        Assert.Equal(["", "[UNK]", "ünder", "¿qué", "dont"], Tokens(vocabulary));
        Assert.Equal([2, 1, 4], vocabulary.Encode("  ÜNDER\tthe\nD-o-n-t "));
        Vocabulary lower = Vocabulary.FromWords(["Don't"], standardization: TextStandardization.Lower);
        Assert.Equal("don't", lower[2]);
        Vocabulary strip = Vocabulary.FromWords(["Don't"], standardization: TextStandardization.StripPunctuation);
        Assert.Equal("Dont", strip[2]);
    }

    [Fact]
    public void Starts_and_ends_stand_around_texts()
    {
        Vocabulary vocabulary = Vocabulary.FromWords(Texts, startAndEnd: true);
        Assert.Equal((2, 3), (vocabulary.Start, vocabulary.End));
        Assert.Equal([2, 4, 7, 3], vocabulary.Encode("the cat", start: true, end: true));
        Assert.Equal([[4, 3], [1, 3], [3]], vocabulary.Encode(["the", "bird", ""], end: true));
        Assert.Equal("the cat", vocabulary.Decode([2, 4, 0, 7, 3, 4, 4]));
        Assert.Equal("", vocabulary.Decode([]));
        Assert.NotEqual(vocabulary.End, vocabulary.IndexOf("[END]"));
        Vocabulary marked = Vocabulary.FromWords(["[END] the"], standardization: TextStandardization.None, startAndEnd: true);
        Assert.Equal("[END] the", marked.Decode(marked.Encode("[END] the")));
    }

    [Fact]
    public void Bad_calls_are_told()
    {
        Vocabulary vocabulary = Vocabulary.FromTokens(TextUnit.Character, ["a", "b"]);
        Refuses<ArgumentException>("The number at 1 is 4; the vocabulary has the tokens 0 to 3", () => vocabulary.Decode([2, 4]));
        Refuses<ArgumentException>("The number at 0 is -1", () => vocabulary.Decode([-1]));
        Refuses<ArgumentOutOfRangeException>("the tokens 0 to 3", () => _ = vocabulary[4]);
        Refuses<InvalidOperationException>("no start token", () => vocabulary.Encode("a", start: true, end: false));
        Refuses<InvalidOperationException>("no end token", () => _ = vocabulary.End);
        Refuses<ArgumentException>("'a' stands twice", () => Vocabulary.FromTokens(TextUnit.Word, ["a", "a"]));
        Refuses<ArgumentException>("Token 1 is empty", () => Vocabulary.FromTokens(TextUnit.Word, ["a", ""]));
        Refuses<ArgumentException>("Text 1 is null", () => Vocabulary.FromWords(["a", null!]));
        Refuses<ArgumentOutOfRangeException>("4 tokens are special", () => Vocabulary.FromWords(["a"], maxTokens: 4, startAndEnd: true));
        Refuses<ArgumentOutOfRangeException>("leastCount", () => Vocabulary.FromWords(["a"], leastCount: 0));
    }

    [Fact]
    public void One_file_has_the_network_and_its_vocabularies()
    {
        using TemporaryFolder folder = new();
        Vocabulary words = Vocabulary.FromWords(["\"a\" é 😀 \\ b"], standardization: TextStandardization.Lower, startAndEnd: true), characters = Vocabulary.FromCharacters(["a\n\t\u0001ب"]);
        Tagger model = new(seed: 3);
        model.Save(folder["m"], new Dictionary<string, Vocabulary> { ["source"] = words, ["target"] = characters });
        foreach ((string name, Vocabulary expected) in new[] { ("source", words), ("target", characters) })
        {
            Vocabulary loaded = Vocabulary.Load(folder["m"], name);
            Assert.Equal(Tokens(expected), Tokens(loaded));
            Assert.Equal((expected.Unit, expected.Standardization, expected.HasStartAndEnd), (loaded.Unit, loaded.Standardization, loaded.HasStartAndEnd));
        }

        float[] x = [1, 2, 3], served = new float[9], own = new float[9];
        Tagger.Load(folder["m"]).Predict(x, served, samples: 1);
        model.Predict(x, own, samples: 1);
        Assert.Equal(own, served);
        Refuses<ModelFileException>("no vocabulary 'words'; it has 'source', 'target'", () => Vocabulary.Load(folder["m"], "words"));
        model.Save(folder["bare"]);
        Refuses<ModelFileException>("no vocabulary 'words'; it has none", () => Vocabulary.Load(folder["bare"], "words"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"version":2,"unit":"Word","lower":true,"strip_punctuation":true,"start_and_end":false,"tokens":[]}""")]
    [InlineData("""{"version":1,"unit":"Line","lower":true,"strip_punctuation":true,"start_and_end":false,"tokens":[]}""")]
    [InlineData("""{"version":1,"unit":"Word","lower":1,"strip_punctuation":true,"start_and_end":false,"tokens":[]}""")]
    [InlineData("""{"version":1,"unit":"Word","lower":true,"strip_punctuation":true,"start_and_end":false,"tokens":["a","a"]}""")]
    [InlineData("""{"version":1,"unit":"Word","lower":true,"strip_punctuation":true,"start_and_end":false,"tokens":[3]}""")]
    [InlineData("""{"version":1,"unit":"Word","lower":true,"strip_punctuation":true,"start_and_end":false,"tokens":"a"}""")]
    public void A_damaged_vocabulary_is_told(string text)
    {
        using TemporaryFolder folder = new();
        WeightFile.Save(folder["m"], new Serialization.MemoryStore(), new Dictionary<string, string> { ["vocabulary/v"] = text });
        Refuses<ModelFileException>("'v' is damaged", () => Vocabulary.Load(folder["m"], "v"));
    }

    private static void Refuses<T>(string part, Action action)
        where T : Exception => Assert.Contains(part, Assert.ThrowsAny<T>(action).Message, StringComparison.Ordinal);
}
