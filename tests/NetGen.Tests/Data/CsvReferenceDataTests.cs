namespace NetGen.Tests.Data;

/// <summary>Real files: blanks, a column of text, names, no header, tabs.</summary>
public sealed class CsvReferenceDataTests
{
    [Fact]
    public void California_housing_has_207_blanks_and_five_places()
    {
        string path = ReferenceData.Find("california-housing", "housing.csv");
        CsvOptions options = new()
        {
            Targets = ["median_house_value"],
            Columns = { ["total_bedrooms"] = CsvColumn.Numeric(Blank.Median, indicator: true), ["ocean_proximity"] = CsvColumn.OneHot() },
        };
        CsvData csv = Csv.Read(path, options);
        Assert.Equal(20_640, csv.Dataset.Count);
        Assert.Equal([14], csv.Dataset.Inputs[0].Shape);
        Assert.Equal(
            ["ocean_proximity=<1H OCEAN", "ocean_proximity=INLAND", "ocean_proximity=ISLAND", "ocean_proximity=NEAR BAY", "ocean_proximity=NEAR OCEAN"],
            csv.Encoding.Features.Skip(9));
        Assert.Equal(435, csv.Encoding.Columns[4].Fill);
        float[] features = Reading.Inputs(csv.Dataset, 1000);
        Assert.Equal(207, features.Chunk(14).Count(row => row[5] == 1));
        Assert.All(features.Chunk(14), row => Assert.Equal(1, row[9..].Sum()));

        options.Columns["total_bedrooms"] = CsvColumn.Numeric(Blank.DropRow);
        Assert.Equal(20_433, Csv.Read(path, options).Dataset.Count);
        options.Columns.Remove("total_bedrooms");
        Assert.Contains("line 292: Column 'total_bedrooms' is blank", Assert.Throws<DataFileException>(() => Csv.Read(path, options)).Message);
    }

    [Fact]
    public void Auto_mpg_has_6_blanks()
    {
        CsvData csv = Csv.Read(ReferenceData.Find("auto-mpg", "mpg.csv"), new CsvOptions
        {
            Targets = ["mpg"],
            Columns =
            {
                ["horsepower"] = CsvColumn.Numeric(Blank.DropRow),
                ["origin"] = CsvColumn.OneHot(),
                ["name"] = CsvColumn.Ignored,
            },
        });
        Assert.Equal(392, csv.Dataset.Count);
        Assert.Equal(
            ["cylinders", "displacement", "horsepower", "weight", "acceleration", "model_year", "origin=europe", "origin=japan", "origin=usa"],
            csv.Encoding.Features);
        var first = new float[9];
        csv.Dataset.ReadInput(0, first);
        Assert.Equal([8, 307, 130, 3504, 12, 70, 0, 0, 1], first);
    }

    [Theory]
    [InlineData("optdigits.tra", 3823)]
    [InlineData("optdigits.tes", 1797)]
    public void Optdigits_has_no_header(string file, int rows)
    {
        CsvOptions options = new() { HasHeader = false, Targets = ["64"], Columns = { ["64"] = CsvColumn.Integer() } };
        CsvData csv = Csv.Read(ReferenceData.Find("optdigits", file), options);
        Assert.Equal(rows, csv.Dataset.Count);
        Assert.Equal([64], csv.Dataset.Inputs[0].Shape);
        Assert.Equal([10], csv.Dataset.ToCategorical().Targets[0].Shape);
        Assert.All(Reading.Inputs(csv.Dataset, 100), value => Assert.InRange(value, 0, 16));
    }
}
