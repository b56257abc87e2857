import pytest

from payment_codes.checks.brazilian_number import cnpj_holds, cpf_holds, is_cnpj, is_cpf


@pytest.mark.parametrize("cpf", ["52998224725", "11144477735", "00000000191"])
def test_a_persons_number_holds_and_no_other_digit_does(cpf: str) -> None:
    assert is_cpf(cpf)
    assert not is_cnpj(cpf)
    assert cpf_holds(cpf)
    for place in range(len(cpf)):
        other = "1" if cpf[place] == "0" else "0"
        assert not cpf_holds(cpf[:place] + other + cpf[place + 1 :])


@pytest.mark.parametrize("cnpj", ["60701190000104", "00000000000191", "12ABC34501DE35"])
def test_a_companys_number_holds_with_letters_too(cnpj: str) -> None:
    assert is_cnpj(cnpj)
    assert not is_cpf(cnpj)
    assert cnpj_holds(cnpj)
    assert not cnpj_holds(cnpj[:-1] + str((int(cnpj[-1]) + 1) % 10))
    assert not cnpj_holds("2" + cnpj[1:])


@pytest.mark.parametrize(
    "text", ["", "5299822472", "529.982.247-25", "٥٢٩٩٨٢٢٤٧٢٥", "52998224725 "]
)
def test_another_text_is_no_number(text: str) -> None:
    assert not is_cpf(text)
    assert not is_cnpj(text)
