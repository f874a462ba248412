using System.Globalization;
using CsCheck;

namespace NetGen.Tests.Data;

public sealed class CsvTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Columns_become_features_in_the_order_of_the_file()
    {
        CsvData csv = Read(
            """
            size,color,price,sold,note
            1.5,red,10,yes,first
            -2e3,blue,20,no,"with, comma"
            ,red,30,yes,"two
            lines"
            """,
            new CsvOptions
            {
                Targets = ["sold"],
                Columns =
                {
                    ["size"] = CsvColumn.Numeric(Blank.Constant, -1, indicator: true),
                    ["color"] = CsvColumn.OneHot(),
                    ["sold"] = CsvColumn.Index(),
                    ["note"] = CsvColumn.Ignored,
                },
            });
        Assert.Equal(["size", "size is blank", "color=blue", "color=red", "price"], csv.Encoding.Features);
        Assert.Equal([1.5f, 0, 0, 1, 10, -2000, 0, 1, 0, 20, -1, 1, 0, 1, 30], Reading.Inputs(csv.Dataset, 2));
        Assert.Equal([1, 0, 1], Targets(csv));
        Assert.Equal((ElementType.Int32, "target"), (csv.Dataset.Targets[0].ElementType, csv.Dataset.Targets[0].Name));
        Assert.Equal(["no", "yes"], csv.Encoding.Columns[3].Vocabulary);
    }

    [Theory]
    [InlineData(Blank.Mean, 4)]
    [InlineData(Blank.Median, 2)]
    [InlineData(Blank.Constant, 7)]
    public void Blanks_are_filled(Blank blank, float expected)
    {
        CsvOptions options = new() { Columns = { ["a"] = CsvColumn.Numeric(blank, 7) } };
        Assert.Equal([1, 2, 9, expected], Reading.Inputs(Read("a\n1\n2\n9\n\" \"", options).Dataset, 9));
    }

    [Fact]
    public void The_median_of_an_even_number_lies_between_the_middle_two() => Assert.Equal(
        [4, 1, 2, 9, 3], Reading.Inputs(Read("a\n4\n1\n2\n9\n?", new() { BlankTexts = ["?"], Columns = { ["a"] = CsvColumn.Numeric(Blank.Median) } }).Dataset, 9));

    [Fact]
    public void Rows_with_a_blank_are_dropped_whole()
    {
        CsvData csv = Read(
            "a,b,c\n1,x,1\n,new,2\n3,NA,3\n4,y,4",
            new() { BlankTexts = ["", "NA"], Columns = { ["a"] = CsvColumn.Numeric(Blank.DropRow), ["b"] = CsvColumn.Index(Blank.DropRow) } });
        Assert.Equal([1, 0, 1, 4, 1, 4], Reading.Inputs(csv.Dataset, 9));
        Assert.Equal(["x", "y"], csv.Encoding.Columns[1].Vocabulary);
    }

    [Fact]
    public void A_blank_may_be_a_category()
    {
        CsvData csv = Read("a,b\nx,1\n,2\nx,3", new() { Columns = { ["a"] = CsvColumn.OneHot(Blank.Category) } });
        Assert.Equal(["a=", "a=x", "b"], csv.Encoding.Features);
        Assert.Equal([0, 1, 1, 1, 0, 2, 0, 1, 3], Reading.Inputs(csv.Dataset, 9));
    }

    [Fact]
    public void Numeric_targets_stand_side_by_side_and_labels_apart()
    {
        CsvData csv = Read(
            "a,u,v,w\n1,2,3,b\n4,5,6,a", new() { Targets = ["w", "v", "u"], Columns = { ["w"] = CsvColumn.Index() } });
        Assert.Equal(["target", "w"], csv.Dataset.Targets.Select(target => target.Name));
        Assert.Equal([3, 2, 6, 5], Targets(csv));
        Assert.Equal([1, 0], Targets(csv, 1));
    }

    [Theory]
    [InlineData("a;b\n1;2", null)]
    [InlineData("a\tb\n1\t2\n", null)]
    [InlineData("a|b\r\n1|2\r\n\r\n", null)]
    [InlineData("\uFEFFa,b\n\n1 , 2\n", null)]
    [InlineData("a b\n1 2\n", ' ')]
    [InlineData("a;b\n1;2", ';')]
    public void Separators_are_found(string text, char? delimiter) =>
        Assert.Equal([1, 2], Reading.Inputs(Read(text, new() { Delimiter = delimiter }).Dataset, 1));

    [Fact]
    public void Every_table_of_floats_comes_back() =>
        Gen.Select(Gen.Int[1, 5], Gen.Float.Where(float.IsFinite).Array[1, 60]).Sample((columns, draws) =>
        {
            float[] values = draws[..(Math.Max(1, draws.Length / columns) * columns <= draws.Length ? draws.Length / columns * columns : 0)];
            if (values.Length == 0) return;
            using var own = new TemporaryFolder();
            File.WriteAllLines(
                own["x.csv"],
                values.Chunk(columns).Select(row => string.Join(',', row.Select(value => value.ToString(CultureInfo.InvariantCulture)))));
            Assert.Equal(values, Reading.Inputs(Csv.Read(own["x.csv"], new CsvOptions { HasHeader = false }).Dataset, 7));
        });

    [Fact]
    public void Another_file_is_read_into_the_same_features()
    {
        CsvOptions options = new()
        {
            Targets = ["y"],
            Columns = { ["c"] = CsvColumn.OneHot(), ["a"] = CsvColumn.Numeric(Blank.Mean), ["y"] = CsvColumn.Index() },
        };
        CsvData training = Read("a,c,y\n1,red,p\n3,blue,q", options);
        CsvData test = Csv.Read(Write("c,new,y,a\nred,!,q,"), training.Encoding);
        Assert.Equal([2, 0, 1], Reading.Inputs(test.Dataset, 1));
        Assert.Equal([1], Targets(test));
        Assert.Empty(Csv.Read(Write("c,a\nblue,5"), training.Encoding).Dataset.Targets);
        AssertRefused(() => Csv.Read(Write("c,a\ngreen,5"), training.Encoding), "line 2", "Column 'c' holds 'green'", "2 categories");
        Assert.Contains("has no column 'a'. It has: 'c'.", Assert.Throws<ArgumentException>(() => Csv.Read(Write("c\nred"), training.Encoding)).Message);
    }

    [Fact]
    public void A_field_that_does_not_fit_is_named()
    {
        AssertRefused(() => Read("a,b\n1,2\n3,x y"), "x.csv, line 3: Column 'b' holds 'x y'; a finite number", "declared OneHot");
        AssertRefused(() => Read("a,b\n1,\n"), "line 2: Column 'b' is blank; a finite number");
        AssertRefused(() => Read("a\nNaN"), "holds 'NaN'; a finite number");
        AssertRefused(() => Read("a\n1e999"), "holds '1e999'; a finite number");
        AssertRefused(() => Read("a\n1.5", new() { Columns = { ["a"] = CsvColumn.Integer() } }), "holds '1.5'; a whole number within ±16777216");
        AssertRefused(() => Read("a\n16777218", new() { Columns = { ["a"] = CsvColumn.Integer() } }), "a whole number within");
        AssertRefused(() => Read("a\n\" \"", new() { Columns = { ["a"] = CsvColumn.OneHot() } }), "line 2: Column 'a' is blank; a category");
        AssertRefused(() => Read("a,b\n1,2,3\n"), "line 2: The line has 3 fields; 2 are expected");
        AssertRefused(() => Read("a,b\n1,2\n\n4\n"), "line 4: The line has 1 fields; 2 are expected");
        AssertRefused(() => Read(""), "The file is empty");
        AssertRefused(() => Read("a,b\n"), "no row of data");
        AssertRefused(() => Read("a\n\" \"", new() { Columns = { ["a"] = CsvColumn.Numeric(Blank.DropRow) } }), "no row of data");
        AssertRefused(() => Read("a,b\n,1", new() { Columns = { ["a"] = CsvColumn.Numeric(Blank.Mean) } }), "Column 'a' is blank throughout");
        AssertRefused(() => Read("a,a\n1,2"), "Two columns have the name 'a'");
        AssertRefused(() => Read("a,\n1,2"), "The name of column 1 is blank");
        AssertRefused(() => Read("a,b\n1,x\"y\""), "line 2: A quote");
        AssertRefused(() => Read("a\nx\ny\nz", new() { MaxCategories = 2, Columns = { ["a"] = CsvColumn.Index() } }), "line 4", "one of the 2 categories");
        AssertRefused(() => Read("a\n" + new string('1', 100)), "1...'");
    }

    [Fact]
    public void Binary_files_and_endless_fields_are_refused()
    {
        File.WriteAllBytes(folder["x.csv"], [(byte)'a', (byte)'\n', 0xFF, 0xFE, 0x80, (byte)'\n']);
        AssertRefused(() => Csv.Read(folder["x.csv"]), "not UTF-8");
        AssertRefused(() => Read("a\n\"" + new string('1', 3 << 20)), "1048576 characters");
        AssertRefused(() => Read("a\n\"1\n2\n"), "quote");
    }

    [Fact]
    public void Options_that_do_not_fit_the_file_are_refused()
    {
        string message = Assert.Throws<ArgumentException>(() => Read("price,size\n1,2", new() { Targets = ["prise"] })).Message;
        Assert.Contains("x.csv has no column 'prise'. The most similar name is 'price'.", message);
        Assert.Throws<ArgumentException>(() => Read("a,b\n1,2", new() { Columns = { ["c"] = CsvColumn.Ignored } }));
        Assert.Throws<ArgumentException>(() => Read("a\n1", new() { Targets = ["a"] }));
        Assert.Throws<ArgumentException>(() => Read("a,b\n1,2", new() { Targets = ["a", "a"] }));
        Assert.Throws<ArgumentException>(() => Read("a,b\n1,2", new() { Targets = ["a"], Columns = { ["a"] = CsvColumn.Ignored } }));
        Assert.Throws<ArgumentException>(() => Read("a,b\n1,2", new() { Delimiter = '"' }));
        Assert.Throws<ArgumentException>(() => CsvColumn.OneHot(Blank.Mean));
        Assert.Throws<ArgumentException>(() => CsvColumn.Integer(Blank.Median));
        Assert.Throws<ArgumentException>(() => CsvColumn.Numeric(Blank.Category));
        Assert.Throws<ArgumentException>(() => CsvColumn.Numeric(indicator: true));
        Assert.Throws<ArgumentException>(() => CsvColumn.Numeric(Blank.Constant, float.NaN));
        Assert.ThrowsAny<IOException>(() => Csv.Read(folder["missing.csv"]));
    }

    private static float[] Targets(CsvData csv, int target = 0)
    {
        var values = new List<float>();
        Reading.ForEach(csv.Dataset, 4, batch => values.AddRange(batch.Target(target).ToArray()));
        return [.. values];
    }

    private static void AssertRefused(Action action, params string[] parts)
    {
        string message = Assert.Throws<DataFileException>(action).Message;
        foreach (string part in parts) Assert.Contains(part, message);
    }

    private CsvData Read(string text, CsvOptions? options = null) => Csv.Read(Write(text), options);

    private string Write(string text)
    {
        File.WriteAllText(folder["x.csv"], text);
        return folder["x.csv"];
    }
}
